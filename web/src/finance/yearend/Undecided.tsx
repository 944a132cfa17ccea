import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ActDialog } from '../../archetype/document/ActDialog';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { CommitmentsDocument, DecideYearCloseCommitmentDocument, type CommitmentRule } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import type { YearClose } from './YearEndPage';

/** Commitments that are open at the year's end: each goes on in the next year or lapses, with its reason. */
export function Undecided({ close, again }: { close: YearClose; again: () => void }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const command = useCommand();
  const [asking, setAsking] = useState<{ id: string; rule: CommitmentRule }>();
  const [{ data }] = useQuery({ query: CommitmentsDocument, variables: { year: close.year, state: 'open', payee: null, first: 200, after: null } });
  const rows = (data?.commitments.nodes ?? []).filter((commitment) => close.undecidedCommitments.includes(commitment.id));
  const send = async (reason: string) => {
    const { id, rule } = asking!;
    setAsking(undefined);
    const outcome = await command.send(`decide ${id}`, DecideYearCloseCommitmentDocument, { year: close.year, commitment: id, rule, reason });
    if (outcome.kind === 'done') again();
  };
  return (
    <section aria-label={t('yearend.commitments')}>
      <h2>{t('yearend.commitments')}</h2>
      <p className="dw-quiet">{t('yearend.undecided', { count: close.undecided, n: inFamily(String(close.undecided), family) })}</p>
      <OutcomeNotice command={command} />
      <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('yearend.commitments')}>
        <table className="dw-table">
          <thead>
            <tr>
              <th scope="col">{t('list.number')}</th>
              <th scope="col">{t('yearend.subject')}</th>
              <th scope="col" className="dw-amount">{t('yearend.outstanding')}</th>
              <th scope="col"><span className="dw-hidden">{t('yearend.rule')}</span></th>
            </tr>
          </thead>
          <tbody>
            {rows.map((commitment) => (
              <tr key={commitment.id}>
                <th scope="row"><Link to="/finance/commitments/$id" params={{ id: commitment.id }}><Ref number={commitment.number} /></Link></th>
                <td><Words of={commitment.subject} /></td>
                <td className="dw-amount"><Money value={commitment.outstanding} /></td>
                <td>
                  <span className="dw-job-acts">
                  {may('finance.year.close') && (['CARRY', 'LAPSE'] as const).map((rule) => (
                    <Button key={rule} size="small" onClick={() => setAsking({ id: commitment.id, rule })}>{t(`yearend.act.${rule}`)}</Button>
                  ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asking && <ActDialog act={{ label: t(`yearend.act.${asking.rule}`), asks: { reason: true } }} leave={() => setAsking(undefined)} done={({ reason }) => void send(reason ?? '')} />}
    </section>
  );
}
