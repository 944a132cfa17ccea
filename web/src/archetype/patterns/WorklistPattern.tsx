import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../sheet/Page';
import { fromMinor } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import type { WorkColumn } from '../worklist/columns';
import { Worklist } from '../worklist/Worklist';

interface Row {
  id: string;
  number: string;
  amount: bigint;
  hand: string;
}

const all = 100_000;
const page = 500;

const rowAt = (place: number): Row => ({ id: String(place), number: `${String(place + 1).padStart(6, '0')}/2026`, amount: BigInt((place * 7919) % 1_000_003) * 1_000n + BigInt(place % 1000), hand: `P${place % 7}` });

/** A hundred thousand invented rows, read by pages: nothing is blank however fast they are scrolled. */
export function WorklistPattern() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/patterns/worklist' });
  const navigate = useNavigate();
  const [read, setRead] = useState(page);
  const rows = useMemo(() => Array.from({ length: read }, (_, place) => rowAt(place)), [read]);
  const columns = useMemo<WorkColumn<Row>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 150, cell: (row) => <Ref number={row.number} />, value: (row) => row.number },
      { name: 'hand', head: t('list.payee'), width: 300, grow: true, cell: (row) => <bdi>{row.hand}</bdi>, value: (row) => row.hand, group: (row) => row.hand },
      { name: 'amount', head: t('lines.amount'), width: 170, amount: true, cell: (row) => <Money value={fromMinor(row.amount, 'JOD')} />, value: (row) => row.amount },
    ],
    [t],
  );
  return (
    <Page fixed title={t('patterns.worklist')} crumbs={[t('patterns.title')]}>
      <p className="dw-stated">{t('patterns.invented')}</p>
      <section className="dw-sheet dw-ruled dw-fill" aria-label={t('patterns.worklist')}>
        <Worklist
          name="pattern"
          caption={t('patterns.worklist')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          more={read < all ? () => setRead(Math.min(all, read + page)) : undefined}
          order={search.sort}
          group={search.group}
          changeOrder={(sort) => void navigate({ to: '.', search: (before: object) => ({ ...before, sort }) as never })}
          peek={(row) => <Ref number={row.number} />}
          totalWord={t('lines.total')}
        />
      </section>
    </Page>
  );
}
