import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePreferences } from '../preferences/preferences';

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys of the shell, by place on the keyboard so that the Arabic layout works: Alt+Shift+L, Alt+2 (finance). */
export function useShellKeys(): void {
  const { language, shortcuts, change } = usePreferences();
  const navigate = useNavigate();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!shortcuts || writing(event.target) || !event.altKey) return;
      if (event.shiftKey && event.code === 'KeyL') {
        event.preventDefault();
        change({ language: language === 'ar' ? 'en' : 'ar' });
      } else if (!event.shiftKey && event.code === 'Digit2') {
        event.preventDefault();
        void navigate({ to: '/finance/execution' });
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [language, shortcuts, change, navigate]);
}
