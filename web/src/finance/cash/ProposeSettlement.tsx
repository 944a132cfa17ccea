import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commander } from '../../archetype/act/use-command';
import type { Cells } from '../../archetype/grid/model';
import { ProposeSettlementDocument } from '../../generated/graph';
import { Money } from '../../value/Money';
import { Field } from '../Field';
import { emptyLines, LinesEntry, linesInput, problemsByRow } from '../lines/LinesEntry';
import type { Advance } from './AdvancePage';

/** Says what part of an advance was spent on, line by line; another person verifies it. */
export function ProposeSettlement({ advance, command, leave }: { advance: Advance; command: Commander; leave: () => void }) {
  const { t } = useTranslation();
  const [cells, setCells] = useState<Cells>(emptyLines);
  const [narration, setNarration] = useState('');
  const currency = advance.amount.currency;
  const problems = command.outcome?.kind === 'refused' ? command.outcome.problems : [];
  const lines = linesInput(cells, currency);
  const send = async () => {
    const outcome = await command.send('settle', ProposeSettlementDocument, { id: advance.id, expected: advance.version, lines, reason: narration || null });
    if (outcome.kind === 'done') leave();
  };
  return (
    <Modal open width={860} title={t('advances.act.settle')} okText={t('advances.act.settle')} cancelText={t('acts.leave')} okButtonProps={{ disabled: lines.length === 0 }} confirmLoading={command.acting === 'settle'} onOk={() => void send()} onCancel={leave} destroyOnHidden>
      <p className="dw-quiet">{t('advances.outstanding')} <Money value={advance.outstanding} withCurrency /></p>
      <LinesEntry caption={t('lines.title')} cells={cells} change={setCells} currency={currency} problems={problemsByRow(problems, cells)} availability="now" />
      {problems.map((problem) => <p key={`${problem.code} ${problem.path}`} role="alert" className="dw-field-refusal">{problem.message}</p>)}
      <Field name="settle-narration" label={t('vouchers.narration')}><Input id="settle-narration" maxLength={300} value={narration} onChange={(event) => setNarration(event.target.value)} /></Field>
    </Modal>
  );
}
