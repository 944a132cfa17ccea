import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { PoliciesDocument, type PoliciesQuery } from '../generated/graph';
import { Empty, RuledLines, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Table, type Column } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { BiText } from '../value/BiText';
import { DateText } from '../value/DateText';
import { Words } from '../value/Words';
import { HouseSections } from './HouseSections';
import '../jobs/jobs.css';

type Decision = PoliciesQuery['policies'][number]['decisions'][number];

/** Policies (السياسات المؤرخة): what was decided from which day on, and what holds today. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: PoliciesDocument });
  const policies = data?.policies;
  const columns: Column<Decision>[] = [
    { name: 'from', head: t('house.from'), width: '130px', cell: (row) => <DateText day={row.from} /> },
    { name: 'until', head: t('house.until'), width: '130px', cell: (row) => <DateText day={row.until} /> },
    { name: 'state', head: t('list.state'), width: '140px', cell: (row) => row.inForce && <Tag ink="zinjar">{t('house.inForce')}</Tag> },
    { name: 'says', head: t('house.says'), cell: (row) => <BiText text={row.says} /> },
    { name: 'by', head: t('house.by'), width: '130px', cell: (row) => <Words of={row.by} /> },
  ];
  return (
    <Page title={t('house.policies')} crumbs={[t('module.administration'), t('house.policies')]} sections={<HouseSections />}>
      {error && <Unread kept={policies !== undefined} again={() => ask({ requestPolicy: 'network-only' })} />}
      {!policies && !error && <section className="dw-sheet dw-ruled"><RuledLines rows={8} /></section>}
      {policies?.length === 0 && <section className="dw-sheet dw-ruled"><Empty>{t('house.noPolicies')}</Empty></section>}
      <div className="dw-health">
        {policies?.map((policy) => (
          <section key={policy.id} className="dw-sheet" aria-labelledby={policy.id}>
            <h2 id={policy.id}><BiText text={policy.title} /></h2>
            <Table caption={policy.title.ar} columns={columns} rows={policy.decisions} rowKey={(row) => row.id} minimum="640px" />
          </section>
        ))}
      </div>
    </Page>
  );
}
