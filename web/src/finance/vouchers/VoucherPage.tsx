import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { VoucherDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { isBehind } from '../../session/client';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Stale, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Refusal } from '../../sheet/Refusal';
import { Tag } from '../../sheet/Tag';
import { inFamily } from '../../value/digits';
import { BiText, inLanguage } from '../../value/BiText';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { ActDialog, asks } from './ActDialog';
import { offers, type ActName, type Voucher } from './acts';
import { useAct } from './use-act';
import { VoucherMargin } from './VoucherMargin';
import { VoucherSheet } from './VoucherSheet';
import './vouchers.css';

/** One payment voucher (مستند صرف): the sheet, the margin with its path and its history, the acts allowed now. */
export function VoucherPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/finance/vouchers/$id' });
  const [{ data, error, extensions }, ask] = useQuery({ query: VoucherDocument, variables: { id } });
  const again = () => ask({ requestPolicy: 'network-only' });
  const voucher = data?.voucher;
  if (voucher) return <Standing voucher={voucher} behind={isBehind(extensions)} again={again} />;
  return (
    <Page title={t('finance.vouchers')} crumbs={[<Link key="list" to="/finance/vouchers">{t('finance.vouchers')}</Link>]} sections={<FinanceSections />}>
      {error && <Unread kept={false} again={again} />}
      <section className="dw-sheet dw-ruled">
        {!error && data === undefined && <RuledLines />}
        {data && <Empty act={<Link to="/finance/vouchers">{t('finance.vouchers')}</Link>}>{t('state.notFound')}</Empty>}
      </section>
    </Page>
  );
}

function Standing({ voucher, behind, again }: { voucher: Voucher; behind: boolean; again: () => void }) {
  const { t } = useTranslation();
  const { family, language } = usePreferences();
  const { me, may } = useSession();
  const { act, acting, outcome } = useAct(voucher);
  const [asking, setAsking] = useState<ActName>();
  const number = inFamily(voucher.number, family);
  const offered = offers(voucher, me.id, may);
  const blocked = offered.filter((offer) => offer.blocked);
  const open = offered.filter((offer) => !offer.blocked);

  return (
    <Page
      title={t('vouchers.title', { number })}
      crumbs={[
        <Link key="module" to="/finance/execution">{t('module.finance')}</Link>,
        <Link key="list" to="/finance/vouchers">{t('finance.vouchers')}</Link>,
        <bdi key="this" dir="ltr">{number}</bdi>,
      ]}
      beside={<Tag ink={inkOf(voucher.stateCode)}><BiText text={voucher.state} /></Tag>}
      acts={open.length > 0 && open.map((offer, index) => (
        <Button
          key={offer.act}
          type={index === open.length - 1 ? 'primary' : 'default'}
          danger={offer.act === 'reverse' || offer.act === 'cancel'}
          loading={acting === offer.act}
          onClick={() => (asks[offer.act] ? setAsking(offer.act) : void act(offer.act))}
        >
          {t(`vouchers.act.${offer.act}`)}
        </Button>
      ))}
      sections={<FinanceSections />}
    >
      {behind && <Stale again={again} />}
      {outcome?.kind === 'refused' && <Refusal problems={outcome.problems} />}
      {outcome?.kind === 'unknown' && <div className="dw-strip" role="alert">{t('vouchers.unknown')}</div>}
      <p className="dw-hidden" role="status">
        {outcome?.kind === 'done' && t('vouchers.now', { number, state: inLanguage(outcome.answer.state, language) })}
      </p>
      {blocked.map((offer) => (
        <p key={offer.act} className="dw-strip">{t('vouchers.ownStep', { act: t(`vouchers.act.${offer.act}`) })}</p>
      ))}
      <div className="dw-document">
        <VoucherSheet voucher={voucher} />
        <VoucherMargin voucher={voucher} />
      </div>
      {asking && (
        <ActDialog
          act={asking}
          leave={() => setAsking(undefined)}
          done={(told) => {
            setAsking(undefined);
            void act(asking, told);
          }}
        />
      )}
    </Page>
  );
}
