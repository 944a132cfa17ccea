import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { OpenYearDocument, StartYearCloseDocument, type CarryPolicy, type CommitmentRule } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { DateInput } from '../../value/DateInput';
import { inFamily } from '../../value/digits';

/** Starts the close: what commitments take with them, and until when the year still pays. */
export function StartClose({ year, again }: { year: number; again: () => void }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { years, may } = useSession();
  const command = useCommand();
  const [opened, setOpened] = useState(false);
  const lacks = !opened && years.every((known) => known.year !== year + 1);
  const [policy, setPolicy] = useState<CarryPolicy>('WITH_APPROPRIATION');
  const [rule, setRule] = useState<CommitmentRule>('DECIDE');
  const [stopFrom, setStopFrom] = useState('');
  const [complementary, setComplementary] = useState('');
  const start = async () => {
    const outcome = await command.send('start', StartYearCloseDocument, { year, policy, rule, stopFrom, complementary });
    if (outcome.kind === 'done') again();
  };
  const open = async () => {
    const outcome = await command.send('open', OpenYearDocument, { year: year + 1 });
    if (outcome.kind === 'done') setOpened(true);
  };
  return (
    <>
      <OutcomeNotice command={command} />
      {lacks && (
        <p className="dw-strip" role="note">
          <span>{t('yearend.nextClosed', { year: inFamily(String(year + 1), family) })}</span>
          {may('finance.year.open') && <Button size="small" loading={command.acting === 'open'} onClick={() => void open()}>{t('yearend.act.open', { year: inFamily(String(year + 1), family) })}</Button>}
        </p>
      )}
      <h2>{t('yearend.policy')}</h2>
      <Radio.Group className="dw-radios" value={policy} aria-label={t('yearend.policy')} onChange={(event) => setPolicy(event.target.value as CarryPolicy)}>
        {(['WITH_APPROPRIATION', 'FIRST_CHARGE'] as const).map((one) => <Radio key={one} value={one}>{t(`yearend.policies.${one}`)}</Radio>)}
      </Radio.Group>
      <h2>{t('yearend.rule')}</h2>
      <Radio.Group className="dw-radios" value={rule} aria-label={t('yearend.rule')} onChange={(event) => setRule(event.target.value as CommitmentRule)}>
        {(['DECIDE', 'CARRY', 'LAPSE'] as const).map((one) => <Radio key={one} value={one}>{t(`yearend.rules.${one}`)}</Radio>)}
      </Radio.Group>
      <div className="dw-form-fields">
        <div className="dw-field"><DateInput name="stopFrom" label={t('yearend.stopFrom')} value={stopFrom} onChange={setStopFrom} /></div>
        <div className="dw-field"><DateInput name="complementary" label={t('yearend.complementary')} value={complementary} onChange={setComplementary} /></div>
      </div>
      <p className="dw-quiet">{t('yearend.startHint')}</p>
      <p><Button type="primary" loading={command.acting === 'start'} disabled={lacks} onClick={() => void start()}>{t('yearend.act.start')}</Button></p>
    </>
  );
}
