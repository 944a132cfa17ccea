import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commander } from '../../archetype/act/use-command';
import type { Cells } from '../../archetype/grid/model';
import { AmendCommitmentDocument } from '../../generated/graph';
import { Field } from '../Field';
import { LinesEntry, linesInput } from '../lines/LinesEntry';
import type { Commitment } from './CommitmentPage';

/** Raises lines of a commitment, or lowers them with negative amounts; the reason is part of the record. */
export function AmendDialog({ commitment, command, leave }: { commitment: Commitment; command: Commander; leave: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [cells, setCells] = useState<Cells>(commitment.lines.map((line) => [line.key, '']));
  const currency = commitment.total.currency;
  const send = async () => {
    const lines = linesInput(cells, currency).filter((line) => line.amount !== '');
    await command.send('amend', AmendCommitmentDocument, { id: commitment.id, expected: commitment.version, reason, lines });
    leave();
  };
  return (
    <Modal open width={860} title={t('commitments.act.amend')} okText={t('commitments.act.amend')} cancelText={t('acts.leave')} okButtonProps={{ disabled: reason.trim() === '' }} confirmLoading={command.acting === 'amend'} onOk={() => void send()} onCancel={leave} destroyOnHidden>
      <div className="dw-form-fields">
        <Field name="amend-reason" label={t('acts.reason')} wide><Input id="amend-reason" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} /></Field>
      </div>
      <p className="dw-quiet">{t('commitments.amendHint')}</p>
      <LinesEntry caption={t('commitments.act.amend')} cells={cells} change={setCells} currency={currency} availability="now" signed="takes" />
    </Modal>
  );
}
