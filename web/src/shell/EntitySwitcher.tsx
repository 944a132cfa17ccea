import { Popover, Select } from 'antd';
import { Building2, ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSegmentValues } from '../finance/use-segment-values';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { inFamily } from '../value/digits';
import { inLanguage } from '../value/BiText';
import { useFinanceScope } from './finance-scope';

/** The body (a chapter, or all of them) and the fiscal year on screen. */
export function EntitySwitcher() {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const { years } = useSession();
  const { year, state, chapter, choose } = useFinanceScope();
  const [open, setOpen] = useState(false);
  const chapters = useSegmentValues('CHAPTER');
  const current = chapters.find((value) => value.code === chapter);
  const name = chapter ? (current ? inLanguage(current.name, language) : inFamily(chapter, family)) : t('top.allChapters');
  const yearWords = t('top.year', { year: inFamily(String(year), family) });
  const stateWord = state ? t(`top.yearState.${state}`, { defaultValue: state }) : '';

  const content = (
    <div className="dw-preferences">
      <fieldset>
        <legend>{t('segment.CHAPTER')}</legend>
        <Select
          aria-label={t('segment.CHAPTER')}
          showSearch={{ optionFilterProp: 'label' }}
          value={chapter ?? ''}
          onChange={(code) => choose({ chapter: code || undefined })}
          options={[
            { value: '', label: t('top.allChapters') },
            ...chapters.map((value) => ({ value: value.code, label: `${inFamily(value.code, family)} ${inLanguage(value.name, language)}` })),
          ]}
        />
      </fieldset>
      <fieldset>
        <legend>{t('top.year', { year: '' })}</legend>
        <Select
          aria-label={t('top.year', { year: '' })}
          value={year}
          onChange={(chosen) => choose({ year: chosen })}
          options={years.map((known) => ({ value: known.year, label: inFamily(String(known.year), family) }))}
        />
      </fieldset>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottom" open={open} onOpenChange={setOpen}>
      <button type="button" className="dw-entity" aria-expanded={open} aria-haspopup="dialog" title={t('top.entity')} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <Building2 className="dw-icon" aria-hidden="true" />
        <span>
          <b>{name}</b>
          <small>{[yearWords, stateWord].filter(Boolean).join(' · ')}</small>
        </span>
        <ChevronsUpDown className="dw-icon-small" aria-hidden="true" />
      </button>
    </Popover>
  );
}
