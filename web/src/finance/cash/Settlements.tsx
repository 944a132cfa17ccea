import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commander } from '../../archetype/act/use-command';
import { ActDialog } from '../../archetype/document/ActDialog';
import { ReturnSettlementDocument, VerifySettlementDocument } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { inkOf } from '../execution/state-ink';
import type { Advance } from './AdvancePage';

/** What parts of an advance were spent on; internal control verifies each, or sends it back. */
export function Settlements({ advance, command }: { advance: Advance; command: Commander }) {
  const { t } = useTranslation();
  const { me, may } = useSession();
  const [returning, setReturning] = useState<number>();
  if (advance.settlements.length === 0) return null;
  const step = { id: advance.id, expected: advance.version };
  return (
    <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('advances.settlements')}>
      <table className="dw-table">
        <caption className="dw-hidden">{t('advances.settlements')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('advances.settlement')}</th>
            <th scope="col">{t('segment.KEY')}</th>
            <th scope="col">{t('list.state')}</th>
            <th scope="col" className="dw-amount">{t('lines.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {advance.settlements.map((one) => (
            <tr key={one.settlement}>
              <th scope="row"><DateText day={one.date} /> <BiText text={one.proposedBy.name} />{one.narration && <><br /><small className="dw-quiet"><Words of={one.narration} /></small></>}</th>
              <td>{one.lines.map((line) => <div key={line.line}><bdi dir="ltr">{line.key}</bdi> <Money value={line.amount} /></div>)}</td>
              <td>
                <Tag ink={inkOf(one.stateCode)}><BiText text={one.state} /></Tag>
                {one.reason && <small className="dw-low"> {one.reason}</small>}
                {one.stateCode === 'proposed' && may('finance.invoice.verify') && one.proposedBy.id !== me.id && (
                  <span className="dw-decide">
                    <Button size="small" onClick={() => setReturning(one.settlement)}>{t('advances.act.return')}</Button>
                    <Button size="small" type="primary" loading={command.acting === `verify ${one.settlement}`} onClick={() => void command.send(`verify ${one.settlement}`, VerifySettlementDocument, { ...step, settlement: one.settlement })}>{t('advances.act.verify')}</Button>
                  </span>
                )}
              </td>
              <td className="dw-amount"><Money value={one.amount} strong /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {returning !== undefined && (
        <ActDialog
          act={{ label: t('advances.act.return'), asks: { reason: true } }}
          leave={() => setReturning(undefined)}
          done={({ reason }) => {
            setReturning(undefined);
            void command.send('return', ReturnSettlementDocument, { ...step, settlement: returning, reason: reason ?? null });
          }}
        />
      )}
    </div>
  );
}
