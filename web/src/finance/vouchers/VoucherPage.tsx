import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline } from '../../archetype/document/Margin';
import { ApproveVoucherDocument, AuditVoucherDocument, CancelVoucherDocument, PayingRulesDocument, PayVoucherDocument, ReturnVoucherDocument, ReverseVoucherDocument, VoucherDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { changedSince, offers, type ActName, type Voucher } from './acts';
import { RefundDialog } from './RefundDialog';
import { voucherSteps } from './VoucherPath';
import { VoucherSheet } from './VoucherSheet';

const list = { to: '/finance/vouchers', word: 'vouchers' } as const;

const documents = {
  audit: AuditVoucherDocument,
  approve: ApproveVoucherDocument,
  return: ReturnVoucherDocument,
  cancel: CancelVoucherDocument,
  pay: PayVoucherDocument,
  reverse: ReverseVoucherDocument,
} as const;

/** One payment voucher (مستند صرف): the sheet, the margin with its path and its history, the acts allowed now. */
export function VoucherPage() {
  const { id } = useParams({ from: '/finance/vouchers/$id' });
  return (
    <WithDocument query={VoucherDocument} id={id} pick={(data) => data.voucher} list={list}>
      {(voucher, again, notice) => <Standing key={voucher.id} voucher={voucher} again={again} notice={notice} />}
    </WithDocument>
  );
}

function Standing({ voucher, again, notice }: { voucher: Voucher; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const [refunding, setRefunding] = useState(false);
  const [{ data }] = useQuery({ query: PayingRulesDocument, variables: {} });
  const rules = data?.payingRules;
  const number = inFamily(voucher.number, family);

  const asks: Partial<Record<ActName, PageAct['asks']>> = {
    return: { reason: true, phrases: [t('vouchers.phrase.receipt'), t('vouchers.phrase.deduction'), t('vouchers.phrase.account')] },
    cancel: { reason: true },
    reverse: { reason: true },
    pay: { reference: true, banks: rules?.bankItems ?? [] },
  };
  const effects: Partial<Record<ActName, React.ReactNode>> = {
    pay: <p>{t('vouchers.payEffect')} <Money value={voucher.net} withCurrency strong /></p>,
    reverse: <p>{t('vouchers.reverseEffect')} <Money value={voucher.net} withCurrency strong /></p>,
  };
  const acts = offers(voucher, me.id, may).map((offer): PageAct => ({
    name: offer.act,
    label: t(`vouchers.act.${offer.act}`),
    danger: offer.act === 'cancel' || offer.act === 'reverse',
    ...(offer.blocked ? { blocked: t(`vouchers.blocked.${offer.blocked}`) } : {}),
    ...(asks[offer.act] ? { asks: asks[offer.act]! } : {}),
    ...(effects[offer.act] ? { effect: effects[offer.act] } : {}),
    run: (told) => {
      if (offer.act === 'revise') void navigate({ to: '/finance/vouchers/new', search: { revise: voucher.id } });
      else if (offer.act !== 'refund') void command.send(offer.act, documents[offer.act], { id: voucher.id, expected: voucher.version, ...told });
    },
  }));
  if (voucher.stateCode === 'reversed' && minorUnits(voucher.recoverable) > 0n && may('finance.voucher.pay')) acts.push({ name: 'refund', label: t('vouchers.act.refund'), run: () => setRefunding(true) });

  const steps = voucherSteps(voucher, rules, t);
  return (
    <DocumentPage
      title={t('vouchers.title', { number })}
      crumbs={useCrumbs(list, <Ref key="this" number={voucher.number} />)}
      beside={<Tag ink={inkOf(voucher.stateCode)}><BiText text={voucher.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={
        <>
          {notice}
          <OutcomeNotice command={command} reread={again} />
          {changedSince(voucher.history.nodes) && ['audit', 'approval', 'spending_officer'].includes(voucher.stateCode) && <p className="dw-strip" role="note">{t('vouchers.changedSince')}</p>}
        </>
      }
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('list.number'), value: <Ref number={voucher.number} copies /> },
              { label: t('list.date'), value: <DateText day={voucher.date} form="prose" /> },
              ...(voucher.payee ? [{ label: t('vouchers.toWhom'), value: <BiText text={voucher.payee.name} /> }] : []),
              { label: t('vouchers.net'), value: <Money value={voucher.net} withCurrency strong /> },
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined && ['audit', 'approve', 'pay', 'revise'].includes(act.name))} />
          <Timeline events={voucher.history.nodes} />
        </>
      }
    >
      <VoucherSheet voucher={voucher} rules={rules} />
      {refunding && <RefundDialog voucher={voucher} command={command} leave={() => setRefunding(false)} />}
    </DocumentPage>
  );
}
