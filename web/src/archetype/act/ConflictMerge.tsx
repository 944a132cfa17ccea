import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Words } from '../../value/Words';
import { contested, merged, type Choice, type MergeField } from './merge';
import './merge.css';

interface Props {
  fields: readonly MergeField[];
  /** Takes the merged fields; what was typed is never lost before that. */
  accept: (values: Record<string, string>) => void;
}

/** Three columns, as it was, theirs, yours; merged by field, one press to accept. */
export function ConflictMerge({ fields, accept }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const open = contested(fields);
  const changed = fields.filter((field) => field.theirs !== field.was || field.yours !== field.was);
  const values = merged(fields, chosen);
  return (
    <section className="dw-sheet dw-merge" aria-label={t('merge.title')}>
      <h2>{t('merge.title')}</h2>
      <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('merge.title')}>
        <table className="dw-table">
          <thead>
            <tr>
              <th scope="col">{t('merge.field')}</th>
              <th scope="col">{t('merge.was')}</th>
              <th scope="col">{t('merge.theirs')}</th>
              <th scope="col">{t('merge.yours')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((field) => {
              const asked = open.includes(field);
              const taken = values[field.name] === field.theirs ? 'theirs' : 'yours';
              const side = (choice: Choice, text: string) => (
                <td className={taken === choice ? 'dw-merge-taken' : undefined}>
                  {asked ? (
                    <Radio name={`merge-${field.name}`} checked={taken === choice} onChange={() => setChosen({ ...chosen, [field.name]: choice })}><Words of={text || '—'} /></Radio>
                  ) : (
                    <Words of={text || '—'} />
                  )}
                </td>
              );
              return (
                <tr key={field.name}>
                  <th scope="row">{field.label}</th>
                  <td><Words of={field.was || '—'} /></td>
                  {side('theirs', field.theirs)}
                  {side('yours', field.yours)}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div><Button type="primary" onClick={() => accept(values)}>{t('merge.accept')}</Button></div>
    </section>
  );
}
