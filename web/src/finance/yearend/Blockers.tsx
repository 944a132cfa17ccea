import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActDialog } from '../../archetype/document/ActDialog';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { AskYearCloseWaiverDocument, WaiveYearCloseBlockerDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import type { YearClose } from './YearEndPage';

/** The checklist: every line that is open leads to its page; what two people may waive says who has asked and why. */
export function Blockers({ close, again }: { close: YearClose; again: () => void }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const [asking, setAsking] = useState<string>();
  const send = async (act: 'ask' | 'waive', blocker: string, reason: string) => {
    const outcome = await command.send(act, act === 'ask' ? AskYearCloseWaiverDocument : WaiveYearCloseBlockerDocument, { year: close.year, blocker, reason });
    if (outcome.kind === 'done') again();
  };
  return (
    <section aria-label={t('yearend.checks')}>
      <h2>{t('yearend.checks')}</h2>
      <OutcomeNotice command={command} />
      {close.blockers.length === 0 && <p className="dw-available"><CircleCheck className="dw-icon-small" aria-hidden="true" /> {t('yearend.nothingOpen')}</p>}
      {close.blockers.length > 0 && (
        <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('yearend.checks')}>
          <table className="dw-table">
            <thead>
              <tr>
                <th scope="col">{t('yearend.open')}</th>
                <th scope="col" className="dw-amount">{t('yearend.count')}</th>
                <th scope="col" className="dw-amount">{t('lines.amount')}</th>
                <th scope="col">{t('list.state')}</th>
                <th scope="col"><span className="dw-hidden">{t('yearend.waiver')}</span></th>
              </tr>
            </thead>
            <tbody>
              {close.blockers.map((blocker) => (
                <tr key={blocker.code}>
                  <th scope="row"><Link to={blocker.worklist}><BiText text={blocker.title} /></Link></th>
                  <td className="dw-amount">{inFamily(String(blocker.count), family)}</td>
                  <td className="dw-amount"><Money value={blocker.total} /></td>
                  <td>
                    <Tag ink={blocker.waived ? 'zinjar' : blocker.askedBy ? 'maghra' : 'zunjufr'}>{t(blocker.waived ? 'yearend.waived' : blocker.askedBy ? 'yearend.asked' : 'yearend.blocks')}</Tag>
                    {blocker.reason && <> <q><Words of={blocker.reason} /></q></>}
                  </td>
                  <td>
                    {blocker.waivable && !blocker.waived && !blocker.askedBy && may('finance.year.close') && <Button size="small" onClick={() => setAsking(blocker.code)}>{t('yearend.act.ask')}</Button>}
                    {blocker.askedBy && !blocker.waived && may('finance.year.sign') && blocker.askedBy !== me.id && <Button size="small" loading={command.acting === 'waive'} onClick={() => void send('waive', blocker.code, '')}>{t('yearend.act.waive')}</Button>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asking && <ActDialog act={{ label: t('yearend.act.ask'), asks: { reason: true } }} leave={() => setAsking(undefined)} done={({ reason }) => { setAsking(undefined); void send('ask', asking, reason ?? ''); }} />}
    </section>
  );
}
