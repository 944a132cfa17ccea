import { CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { officeZone } from '../../shell/office';
import { BiText, type TextValue } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { clockTime, officeDay } from '../../value/dates';
import { EntryNumber } from '../../value/Position';
import { Person } from '../../value/Person';
import { Words } from '../../value/Words';
import type { Voucher } from './acts';

interface Step {
  name: 'prepared' | 'audited' | 'approved' | 'spending' | 'paid';
  by: { id: string; name: TextValue } | null | undefined;
}

/** The margin (الهامش): the path of signatures, and the log in words. */
export function VoucherMargin({ voucher }: { voucher: Voucher }) {
  const { t } = useTranslation();
  const [first, second] = voucher.approvedBy;
  const needsSecond = second !== undefined || voucher.stateCode === 'spending_officer';
  const path: Step[] = [
    { name: 'prepared', by: voucher.preparedBy },
    { name: 'audited', by: voucher.auditedBy },
    { name: 'approved', by: first },
    ...(needsSecond ? [{ name: 'spending' as const, by: second }] : []),
    { name: 'paid', by: voucher.paidBy },
  ];
  return (
    <aside className="dw-sheet dw-margin" aria-label={t('vouchers.margin')}>
      <h2>{t('vouchers.path')}</h2>
      <ol className="dw-path">
        {path.map((step) => (
          <li key={step.name} className={step.by ? 'dw-signed' : undefined}>
            {step.by ? <CircleCheck className="dw-icon-small" aria-hidden="true" /> : <CircleDashed className="dw-icon-small" aria-hidden="true" />}
            <span>{t(`vouchers.step.${step.name}`)}</span>
            {step.by ? <Person name={step.by.name} /> : <span className="dw-quiet">{t('vouchers.waits')}</span>}
          </li>
        ))}
      </ol>
      <h2>{t('vouchers.history')}</h2>
      <ol className="dw-timeline">
        {voucher.history.nodes.map((event) => (
          <li key={event.id}>
            <b><BiText text={event.title} /></b>
            <Person name={event.actor.name} actingFor={event.onBehalfOf?.name ?? null} />
            {event.reason && <Words of={event.reason} />}
            <span className="dw-quiet"><Moment at={event.at} /> · <EntryNumber of={event.number} /></span>
          </li>
        ))}
      </ol>
    </aside>
  );
}

function Moment({ at }: { at: string }) {
  const { family } = usePreferences();
  return (
    <>
      <DateText day={officeDay(new Date(at), officeZone)} /> <bdi dir="ltr">{clockTime(at, officeZone, family)}</bdi>
    </>
  );
}
