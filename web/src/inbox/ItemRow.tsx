import { Checkbox } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../sheet/Tag';
import { officeZone } from '../shell/office';
import { BiText } from '../value/BiText';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { Money } from '../value/Money';
import { Ref } from '../value/Ref';
import { Words } from '../value/Words';
import type { Item } from './items';
import type { Result } from './use-decide';

interface Props {
  item: Item;
  current: boolean;
  chosen: boolean;
  result: Result | undefined;
  select: () => void;
  look: () => void;
}

const inks = { OVERDUE: 'zunjufr', SOON: 'maghra', USUAL: 'midad' } as const;

/** One document that waits: what is asked, of what, for how much, and how little time is left. */
export function ItemRow({ item, current, chosen, result, select, look }: Props) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li ref={row} className={current ? 'dw-item dw-item-current' : 'dw-item'}>
      <Checkbox checked={chosen} onChange={select} aria-label={t('inbox.select', { number: item.number })} />
      <button type="button" className="dw-item-open" aria-current={current ? 'true' : undefined} onClick={look}>
        <span className="dw-item-head">
          <b><BiText text={item.asked} /></b>
          {item.amount && <Money value={item.amount} strong />}
        </span>
        <span className="dw-item-line">
          <span className="dw-pair"><BiText text={item.title} /> {item.number && <Ref number={item.number} />}</span>
          {item.payee && <BiText text={item.payee} />}
        </span>
        <span className="dw-item-line dw-quiet"><Words of={item.subject} /></span>
        {item.reason && <span className="dw-item-line dw-item-reason"><Words of={item.reason} /></span>}
        <span className="dw-item-line dw-quiet">
          <span className="dw-pair">{t('inbox.since')} <DateText day={officeDay(new Date(item.since), officeZone)} /></span>
          {item.due && <Tag ink={inks[item.urgency]}>{t(`inbox.urgency.${item.urgency}`)} <DateText day={item.due} /></Tag>}
        </span>
      </button>
      {result && result.kind !== 'done' && (
        <p className="dw-item-result" role="alert">
          {result.kind === 'refused' ? result.problems.map((problem) => <Words key={problem.code} of={problem.message} />) : t('inbox.unknown')}
        </p>
      )}
    </li>
  );
}
