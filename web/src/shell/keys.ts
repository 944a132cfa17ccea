import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { shellKey } from '../keys/combination';
import { usePreferences } from '../preferences/preferences';
import { useAsOf } from './as-of/as-of';
import { modules } from './modules';

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** What the shell can open over the page. */
export type Overlay = 'palette' | 'keys' | 'as-of';

/** What Esc closes before it leads back to now. */
const overlays = 'dialog[open], .ant-popover:not(.ant-popover-hidden), .ant-dropdown:not(.ant-dropdown-hidden), .ant-modal-wrap, .ant-drawer-open, .react-aria-Dialog';

/** The shell's keys; a person may switch all but Ctrl+K off. Alt+1 is the first place of the spine, and so on. */
export function useShellKeys(open: (overlay: Overlay) => void): void {
  const { language, shortcuts, change } = usePreferences();
  const navigate = useNavigate();
  const { active, now } = useAsOf();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.code === 'Escape' && active && !event.defaultPrevented && !writing(event.target) && !document.querySelector(overlays)) return now();
      const key = shellKey(event, writing(event.target));
      if (!key || (!shortcuts && key !== 'palette') || document.querySelector('dialog[open]')) return;
      if (key === 'as-of' && !location.pathname.startsWith('/finance')) return;
      const home = key.startsWith('module-') ? modules[Number(key.slice(7)) - 1]?.home : undefined;
      if (key.startsWith('module-') && !home) return;
      event.preventDefault();
      if (key === 'palette' || key === 'search') open('palette');
      else if (key === 'list') open('keys');
      else if (key === 'as-of') open('as-of');
      else if (key === 'now') now();
      else if (key === 'language') change({ language: language === 'ar' ? 'en' : 'ar' });
      else if (home) void navigate({ to: home });
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [language, shortcuts, change, navigate, open, active, now]);
}
