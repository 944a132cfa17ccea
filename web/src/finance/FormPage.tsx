import { Button } from 'antd';
import { CloudCheck, Laptop } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActBar } from '../archetype/document/ActBar';
import { OutcomeNotice } from '../archetype/act/OutcomeNotice';
import type { Commander } from '../archetype/act/use-command';
import type { Draft } from '../archetype/draft';
import { DraftClash } from '../drafts/DraftClash';
import { usePreferences } from '../preferences/preferences';
import { Page } from '../sheet/Page';
import type { Problem } from '../sheet/Refusal';
import { officeZone } from '../shell/office';
import { usePhone } from '../shell/phone';
import { clockTime } from '../value/dates';
import { FinanceSections } from './FinanceSections';
import '../archetype/document/document.css';
import './form.css';

interface Props {
  title: string;
  crumbs: ReactNode[];
  /** The word on the button that sends it. */
  act: string;
  send: () => void;
  command: Commander;
  draft: Pick<Draft<object>, 'keptAt' | 'keptBy' | 'resumed' | 'drop' | 'clashes' | 'decide'>;
  next?: (problem: Problem) => ReactNode;
  /** Reads the document again after somebody else has changed it. */
  reread?: () => void;
  /** Beside the sheet: what the document comes from, or what it will change. */
  margin?: ReactNode;
  children: ReactNode;
}

/** A document being written: kept while typing, sent at one press, every refusal at its field with its way out. */
export function FormPage({ title, crumbs, act, send, command, draft, next, reread, margin, children }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const phone = usePhone();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey && event.code === 'Enter') {
        event.preventDefault();
        send();
      } else if (event.ctrlKey && event.code === 'KeyS') event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
  const buttons = (
    <>
      {draft.keptAt && <Button size={phone ? 'large' : 'middle'} onClick={draft.drop}>{t('form.drop')}</Button>}
      <Button type="primary" size={phone ? 'large' : 'middle'} loading={command.acting !== undefined} onClick={send} aria-keyshortcuts="Control+Enter">{act}</Button>
    </>
  );
  return (
    <Page
      title={title}
      crumbs={crumbs}
      beside={draft.keptAt && (
        <span className="dw-kept" role="status">
          {draft.keptBy === 'device' ? <Laptop className="dw-icon-small" aria-hidden="true" /> : <CloudCheck className="dw-icon-small" aria-hidden="true" />} {t(draft.resumed ? 'form.resumed' : 'form.kept', { at: clockTime(draft.keptAt.toISOString(), officeZone, family) })}
        </span>
      )}
      acts={phone ? undefined : buttons}
      sections={<FinanceSections />}
    >
      <DraftClash draft={draft} />
      <OutcomeNotice command={command} next={next} toField={toField} reread={reread} />
      <div className={margin ? 'dw-document' : 'dw-form-alone'}>
        {margin && <aside className="dw-sheet dw-margin" aria-label={t('document.margin')}>{margin}</aside>}
        <section className="dw-sheet dw-ruled dw-paper dw-form" aria-label={title}>{children}</section>
      </div>
      {phone && <ActBar>{buttons}</ActBar>}
    </Page>
  );
}

/** From a problem to its field, by the field's name. */
function toField(path: string): void {
  const [name, row] = path.split('.');
  const field = document.querySelector<HTMLElement>(row === undefined ? `[name="${name}"], #${CSS.escape(name!)}` : `[data-place="${row}.0"]`);
  field?.focus();
}
