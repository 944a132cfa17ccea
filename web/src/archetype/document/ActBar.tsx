import { useLayoutEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';

/** Where the shell of a phone keeps the acts of a page: between what scrolls and the tabs, so that no field ever lies under them. */
export const actPlace = 'acts-below';

/** The acts of a page on a phone, the primary one last and widest. */
export function ActBar({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => setPlace(document.getElementById(actPlace)), []);
  return place && createPortal(<div className="dw-act-bar" role="group" aria-label={t('page.acts')}>{children}</div>, place);
}
