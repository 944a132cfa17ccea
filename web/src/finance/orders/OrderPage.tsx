import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { CancelOrderDocument, CertifyOrderDocument, OrderDocument, type OrderQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { DocumentLines } from '../DocumentLines';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';

const list = { to: '/finance/orders', word: 'orders' } as const;
type Order = NonNullable<OrderQuery['order']>;

export function OrderPage() {
  const { id } = useParams({ from: '/finance/orders/$id' });
  return (
    <WithDocument query={OrderDocument} id={id} pick={(data) => data.order} list={list}>
      {(order, again, notice) => <Sheet key={order.id} order={order} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A financial order: asked for by the ministry, certified by the budget department; certifying releases its allotments. */
function Sheet({ order, again, notice }: { order: Order; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const step = { id: order.id, expected: order.version };
  const own = order.draftedBy.id === me.id;
  const acts: PageAct[] = [];
  if (may('finance.order.certify') && order.stateCode !== 'cancelled') {
    if (!own) acts.push({ name: 'cancel', label: t('orders.act.cancel'), danger: true, asks: { reason: true }, run: ({ reason }) => void command.send('cancel', CancelOrderDocument, { ...step, reason: reason ?? null }) });
    if (order.stateCode === 'draft') acts.push({ name: 'certify', label: t('orders.act.certify'), ...(own ? { blocked: t('orders.ownStep') } : {}), effect: <p>{t('orders.certifyEffect')} <Money value={order.total} withCurrency strong /></p>, run: () => void command.send('certify', CertifyOrderDocument, step) });
  }
  const steps: Step[] = [
    { name: 'drafted', label: t('orders.step.drafted'), state: 'done', by: order.draftedBy },
    { name: 'certified', label: t('orders.step.certified'), state: order.stateCode === 'draft' ? 'now' : order.certifiedBy ? 'done' : 'stopped', by: order.certifiedBy, post: t('role.budget_department') },
    ...(order.stateCode === 'cancelled' ? [{ name: 'cancelled', label: t('states.cancelled'), state: 'stopped' as const }] : []),
  ];
  const title = order.number ? t('orders.title', { number: inFamily(order.number, family) }) : t('orders.untitled');
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, order.number ? <Ref key="this" number={order.number} /> : t('list.unnumbered'))}
      beside={<Tag ink={inkOf(order.stateCode)}><BiText text={order.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('orders.kind'), value: t(`orders.kinds.${order.kind}`) },
              { label: t('orders.draftedBy'), value: <Person name={order.draftedBy.name} /> },
              ...(order.date ? [{ label: t('orders.certifiedOn'), value: <DateText day={order.date} form="prose" /> }] : []),
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.name === 'certify' && act.blocked === undefined)} />
          <Timeline events={order.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('orders.subject')}</dt><dd><Words of={order.subject} /></dd></div>
          {order.reason && <div className="dw-wide"><dt>{t('acts.reason')}</dt><dd><Words of={order.reason} /></dd></div>}
        </dl>
        <DocumentLines caption={t('orders.allotments')} lines={order.lines} year={order.year} totalWord={t('orders.total')} total={order.total} months />
      </section>
    </DocumentPage>
  );
}
