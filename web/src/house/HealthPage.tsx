import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Moment } from '../archetype/document/Margin';
import { HealthDocument, type HealthQuery } from '../generated/graph';
import { RuledLines, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Table, type Column } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { Count } from '../value/Count';
import { EntryNumber } from '../value/Position';
import { HouseSections } from './HouseSections';
import '../jobs/jobs.css';

type Health = HealthQuery['health'];
const often = 5000;

/** Health (حال النظام): the log and its seal, the read tables, the feeds, jobs, and what all of it stands on. */
export function HealthPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: HealthDocument });
  useEffect(() => {
    const clock = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), often);
    return () => clearInterval(clock);
  }, [ask]);
  const health = data?.health;
  const wrong = health ? health.checked.filter((one) => !one.ok).length + health.views.filter((one) => one.fault).length + health.lanes.filter((one) => one.fault).length : 0;
  return (
    <Page
      title={t('house.health')}
      crumbs={[t('module.administration'), t('house.health')]}
      beside={health && <Tag ink={wrong === 0 ? 'zinjar' : 'zunjufr'}>{wrong === 0 ? t('house.well') : t('house.wrong', { count: wrong })}</Tag>}
      sections={<HouseSections />}
    >
      {error && <Unread kept={health !== undefined} again={() => ask({ requestPolicy: 'network-only' })} />}
      {!health && !error && <section className="dw-sheet dw-ruled"><RuledLines rows={12} /></section>}
      {health && (
        <div className="dw-health">
          <p className="dw-stated">{t('house.lookedAt')} <Moment at={health.at} /></p>
          <Checked health={health} />
          <Lanes health={health} />
          <Views health={health} />
          <Feeds health={health} />
          <section className="dw-sheet" aria-labelledby="health-jobs">
            <h2 id="health-jobs">{t('jobs.title')}</h2>
            <p>
              {t('jobs.status.WAITING')} <Count of={health.jobs.waiting} /> · {t('jobs.status.RUNNING')} <Count of={health.jobs.running} /> · {t('jobs.status.FAILED')} <Count of={health.jobs.failed} />
            </p>
          </section>
        </div>
      )}
    </Page>
  );
}

function Checked({ health }: { health: Health }) {
  const { t } = useTranslation();
  type Row = Health['checked'][number];
  const columns: Column<Row>[] = [
    { name: 'name', head: t('house.thing'), width: '160px', cell: (row) => t(`house.things.${row.name}`, { defaultValue: row.name }) },
    { name: 'state', head: t('list.state'), width: '130px', cell: (row) => <Tag ink={row.ok ? 'zinjar' : 'zunjufr'}>{t(row.ok ? 'house.ok' : 'house.notOk')}</Tag> },
    { name: 'detail', head: t('house.found'), cell: (row) => <bdi lang="en">{row.detail}</bdi> },
    { name: 'fix', head: t('house.fix'), cell: (row) => row.fix && <bdi lang="en" dir="ltr">{row.fix}</bdi> },
  ];
  return <Listed title={t('house.checked')}><Table caption={t('house.checked')} columns={columns} rows={health.checked} rowKey={(row) => row.name} minimum="720px" /></Listed>;
}

function Lanes({ health }: { health: Health }) {
  const { t } = useTranslation();
  type Row = Health['lanes'][number];
  const columns: Column<Row>[] = [
    { name: 'lane', head: t('house.lane'), width: '160px', cell: (row) => t(`house.lanes.${row.lane}`, { defaultValue: row.lane }) },
    { name: 'head', head: t('house.head'), cell: (row) => <EntryNumber of={row.head} /> },
    { name: 'sealed', head: t('house.sealed'), cell: (row) => <EntryNumber of={row.sealed} /> },
    { name: 'at', head: t('house.sealedAt'), cell: (row) => row.sealedAt && <Moment at={row.sealedAt} /> },
    { name: 'cosigned', head: t('house.cosigned'), cell: (row) => <EntryNumber of={row.cosigned} /> },
    { name: 'fault', head: t('house.fault'), cell: (row) => row.fault && <bdi lang="en">{row.fault}</bdi> },
  ];
  return <Listed title={t('house.log')}><Table caption={t('house.log')} columns={columns} rows={health.lanes} rowKey={(row) => row.lane} minimum="720px" /></Listed>;
}

function Views({ health }: { health: Health }) {
  const { t } = useTranslation();
  type Row = Health['views'][number];
  const columns: Column<Row>[] = [
    { name: 'view', head: t('house.view'), width: '220px', cell: (row) => <bdi dir="ltr" lang="en">{row.view}</bdi> },
    { name: 'position', head: t('house.position'), cell: (row) => <EntryNumber of={row.position} /> },
    { name: 'lag', head: t('house.lag'), cell: (row) => <Count of={BigInt(row.lag)} /> },
    { name: 'state', head: t('list.state'), cell: (row) => <Tag ink={row.fault ? 'zunjufr' : row.building !== null ? 'maghra' : 'zinjar'}>{t(row.fault ? 'house.stands' : row.building !== null ? 'house.building' : 'house.goes')}</Tag> },
    { name: 'fault', head: t('house.fault'), cell: (row) => row.fault && <bdi lang="en">{row.fault}</bdi> },
  ];
  return <Listed title={t('house.views')}><Table caption={t('house.views')} columns={columns} rows={health.views} rowKey={(row) => row.view} minimum="720px" /></Listed>;
}

function Feeds({ health }: { health: Health }) {
  const { t } = useTranslation();
  type Row = Health['feeds'][number];
  const columns: Column<Row>[] = [
    { name: 'consumer', head: t('house.consumer'), width: '220px', cell: (row) => <bdi dir="ltr" lang="en">{row.consumer}</bdi> },
    { name: 'position', head: t('house.position'), cell: (row) => <EntryNumber of={row.position} /> },
    { name: 'lag', head: t('house.lag'), cell: (row) => <Count of={BigInt(row.lag)} /> },
    { name: 'parked', head: t('house.parked'), cell: (row) => <Count of={row.parked} /> },
    { name: 'moved', head: t('house.moved'), cell: (row) => <Moment at={row.movedAt} /> },
  ];
  if (health.feeds.length === 0) return null;
  return <Listed title={t('house.feeds')}><Table caption={t('house.feeds')} columns={columns} rows={health.feeds} rowKey={(row) => `${row.consumer} ${row.topic}`} minimum="720px" /></Listed>;
}

function Listed({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="dw-sheet" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
