import { Button, Drawer } from 'antd';
import { PanelRightOpen } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { Page } from '../../sheet/Page';
import { usePhone } from '../../shell/phone';
import { ActBar } from './ActBar';
import { useAsOf } from '../../shell/as-of/as-of';
import { ActDialog, type Asked, type Told } from './ActDialog';
import { useWide } from './wide';
import './document.css';

/** An act of the page. What the person may never do here is not in the list; what only waits is in it, with its reason. */
export interface PageAct {
  name: string;
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  /** Why not now; the act is told and not offered. */
  blocked?: string;
  /** What it asks before it is done. */
  asks?: Asked;
  /** The fact the person sees before a consequence that cannot be undone. */
  effect?: ReactNode;
  run: (told: Told) => void;
}

interface Props {
  title: string;
  crumbs: ReactNode[];
  beside?: ReactNode;
  sections?: ReactNode;
  /** In reading order, the primary act last. */
  acts: readonly PageAct[];
  acting?: string | undefined;
  /** Outcome of the last act, staleness: above the sheet. */
  notices?: ReactNode;
  margin: ReactNode;
  /** The margin's path, folded into dots above the sheet of a phone. */
  dots?: ReactNode;
  children: ReactNode;
}

/** A document (مستند): its sheet, the margin at the start edge, and the acts allowed now. */
export function DocumentPage({ title, crumbs, beside, sections, acts, acting, notices, margin, dots, children }: Props) {
  const { t } = useTranslation();
  const { shortcuts, language } = usePreferences();
  const phone = usePhone();
  const wide = useWide();
  const [asking, setAsking] = useState<PageAct>();
  const [drawn, setDrawn] = useState(false);
  const { active } = useAsOf();
  const open = active ? [] : acts.filter((act) => act.blocked === undefined);
  const blocked = acts.filter((act) => act.blocked !== undefined);
  const take = (act: PageAct) => (act.asks || act.effect ? setAsking(act) : act.run({}));
  const primary = open.at(-1);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      if (event.ctrlKey && event.code === 'Enter' && primary && !asking) {
        event.preventDefault();
        take(primary);
      } else if (shortcuts && !writing && !event.ctrlKey && !event.altKey && !event.metaKey && event.code === 'KeyM' && !wide && !phone) {
        setDrawn((before) => !before);
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });

  const buttons = open.map((act) => (
    <Button
      key={act.name}
      type={act === primary ? 'primary' : 'default'}
      danger={act.danger ?? false}
      size={phone ? 'large' : 'middle'}
      loading={acting === act.name}
      disabled={acting !== undefined && acting !== act.name}
      icon={act.icon}
      onClick={() => take(act)}
    >
      {act.label}
    </Button>
  ));
  return (
    <Page
      title={title}
      crumbs={crumbs}
      beside={beside}
      sections={sections}
      acts={(!phone && buttons.length > 0) || (!wide && !phone) ? (
        <>
          {!wide && !phone && <Button type="text" aria-expanded={drawn} aria-keyshortcuts="M" icon={<PanelRightOpen className="dw-icon-small dw-mirrored" aria-hidden="true" />} onClick={() => setDrawn(true)}>{t('document.margin')}</Button>}
          {!phone && buttons}
        </>
      ) : undefined}
    >
      {notices}
      {blocked.map((act) => (
        <p key={act.name} className="dw-strip" role="note">{t('document.blocked', { act: act.label, reason: act.blocked })}</p>
      ))}
      <div className="dw-document">
        {wide && <aside className="dw-sheet dw-margin" aria-label={t('document.margin')}>{margin}</aside>}
        {phone && dots}
        <div className="dw-document-sheet">{children}</div>
        {phone && <aside className="dw-sheet dw-margin" aria-label={t('document.margin')}>{margin}</aside>}
      </div>
      {!wide && !phone && (
        <Drawer title={t('document.margin')} placement={language === 'ar' ? 'right' : 'left'} size={340} open={drawn} onClose={() => setDrawn(false)}>
          <aside className="dw-margin dw-margin-drawn" aria-label={t('document.margin')}>{margin}</aside>
        </Drawer>
      )}
      {phone && buttons.length > 0 && <ActBar>{buttons}</ActBar>}
      {asking && (
        <ActDialog
          act={asking}
          leave={() => setAsking(undefined)}
          done={(told) => {
            setAsking(undefined);
            asking.run(told);
          }}
        />
      )}
    </Page>
  );
}
