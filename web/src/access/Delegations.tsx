import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HandedFragment } from '../generated/graph';
import { Table } from '../sheet/Table';
import { BiText } from '../value/BiText';
import { Words } from '../value/Words';
import { DatedTag, Days, Part } from './parts';
import type { OnePerson } from './PersonPage';

interface Props {
  person: OnePerson;
  withdraw: (delegation: HandedFragment) => void;
  mayWithdraw: boolean;
}

/** Delegations in both directions: who acts for this person, and for whom this person acts. */
export function Delegations({ person, withdraw, mayWithdraw }: Props) {
  const { t } = useTranslation();
  const table = (way: 'given' | 'received') => (
    <Part name={way} title={t(`access.${way}`)} empty={t(`access.empty.${way}`)} filled={person[way].length > 0}>
      <Table
        caption={t(`access.${way}`)}
        rows={person[way]}
        rowKey={(one) => one.id}
        columns={[
          { name: 'who', head: t(way === 'given' ? 'access.delegate' : 'access.principal'), cell: (one) => <BiText text={(way === 'given' ? one.delegate : one.principal).name} /> },
          { name: 'what', head: t('access.handed'), cell: (one) => <Handed of={one} /> },
          { name: 'days', head: t('access.days'), cell: (one) => <Days from={one.from} to={one.to} /> },
          { name: 'reason', head: t('access.reason'), cell: (one) => <Words of={one.reason} /> },
          { name: 'state', head: t('list.state'), cell: (one) => <DatedTag holds={one.holds} over={one.over} /> },
          ...(way === 'given' && mayWithdraw ? [{ name: 'acts', head: <span className="dw-hidden">{t('page.acts')}</span>, cell: (one: HandedFragment) => !one.over && <Button size="small" onClick={() => withdraw(one)}>{t('access.act.withdraw')}</Button> }] : []),
        ]}
      />
    </Part>
  );
  return (
    <>
      {table('given')}
      {person.received.length > 0 && table('received')}
    </>
  );
}

/** What was handed over, by kinds, each act named one press away. */
function Handed({ of }: { of: HandedFragment }) {
  const { t } = useTranslation();
  const kinds = [...new Set(of.acts.map((act) => act.kind))];
  return (
    <details>
      <summary>{kinds.map((kind) => t(`access.kinds.${kind}`)).join('، ')}</summary>
      <ul>{of.acts.map((act) => <li key={act.name}><BiText text={act.title} /></li>)}</ul>
    </details>
  );
}
