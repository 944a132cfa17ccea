import { Button, Dropdown } from 'antd';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ExportListDocument, type ExportFormat } from '../generated/graph';
import { commandId } from '../session/command-id';
import { usePhone } from '../shell/phone';
import { jobBegan } from './use-jobs';

interface Props {
  /** The list's name among the exports: finance.vouchers. */
  sheet: string;
  /** The list's question as the screen asks it: its filters, its time, what is looked for. */
  variables: Readonly<Record<string, unknown>>;
}

const forms: readonly { key: string; format: ExportFormat; mark: boolean }[] = [
  { key: 'xlsx', format: 'XLSX', mark: false },
  { key: 'csvMark', format: 'CSV', mark: true },
  { key: 'csv', format: 'CSV', mark: false },
  { key: 'pdf', format: 'PDF', mark: false },
];

/** Saves what is seen, with all its rows: a job that brings its file, and goes on when the page is left. */
export function ExportMenu({ sheet, variables }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [{ fetching }, save] = useMutation(ExportListDocument);
  const [refusal, setRefusal] = useState<string>();
  const begin = async (key: string) => {
    const form = forms.find((one) => one.key === key)!;
    const answer = await save({ input: { command: commandId(), sheet, variables: JSON.stringify(variables), format: form.format, mark: form.mark } });
    const act = answer.data?.exportList;
    setRefusal(answer.error ? t('state.error') : act?.problems[0]?.message);
    if (act?.job) jobBegan(act.job.id, true);
  };
  return (
    <>
      {refusal && <span role="alert" className="dw-job-problem">{refusal}</span>}
      <Dropdown trigger={['click']} menu={{ items: forms.map((form) => ({ key: form.key, label: t(`export.${form.key}`) })), onClick: ({ key }) => void begin(key) }}>
        <Button type="text" className="dw-unprinted" aria-haspopup="menu" loading={fetching} aria-label={t('export.title')} icon={<Download className="dw-icon-small" aria-hidden="true" />}>{phone ? null : t('export.title')}</Button>
      </Dropdown>
    </>
  );
}
