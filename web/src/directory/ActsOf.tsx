import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandDialog } from '../administration/CommandDialog';
import { Moment } from '../archetype/document/Margin';
import { WithdrawActDocument, type UnitQuery, type WithdrawActInput } from '../generated/graph';
import { useSession } from '../session/session';
import { BiText } from '../value/BiText';
import { DateText } from '../value/DateText';
import { EntryNumber } from '../value/Position';
import { Words } from '../value/Words';

type Act = UnitQuery['unitActs']['nodes'][number];

/** What was done to a unit or post, the newest first; an act that is to come may be taken back whole. */
export function ActsOf({ acts }: { acts: readonly Act[] }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [taking, setTaking] = useState<Act>();
  return (
    <section className="dw-margin-part">
      <h2>{t('document.timeline')}</h2>
      <ol className="dw-timeline">
        {acts.map((act) => (
          <li key={act.number}>
            <b><BiText text={act.title} /></b>
            {act.effective && <span>{t('access.from')} <DateText day={act.effective} /></span>}
            {act.withdrawn && <span className="dw-quiet">{t('directory.withdrawn')}</span>}
            {act.basis && <q className="dw-reason"><Words of={act.basis} /></q>}
            <span className="dw-quiet"><bdi>{act.person}</bdi> · <Moment at={act.at} /> · <EntryNumber of={act.number} /></span>
            {!act.withdrawn && act.effective && may('directory.structure.change') && <Button size="small" type="text" onClick={() => setTaking(act)}>{t('directory.act.withdraw')}</Button>}
          </li>
        ))}
      </ol>
      {taking && (
        <CommandDialog<WithdrawActInput>
          act={t('directory.act.withdraw')}
          danger
          document={WithdrawActDocument}
          effect={<p className="dw-effect">{t('directory.withdrawEffect')}</p>}
          questions={[{ name: 'reason', label: t('access.reason'), as: 'long' }]}
          input={(answers) => ({ act: taking.act, reason: answers['reason'] ?? '' })}
          leave={() => setTaking(undefined)}
        />
      )}
    </section>
  );
}
