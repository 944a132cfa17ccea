import { ChevronRight } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { visited } from '../palette/recent';

interface Props {
  title: string;
  /** From the module down to what this page is about. */
  crumbs: ReactNode[];
  /** State and freshness, beside the title. */
  beside?: ReactNode;
  /** What may be done now, primary last. */
  acts?: ReactNode;
  sections?: ReactNode;
  /** One sheet fills the window and scrolls within, so that its head and total stay in sight. */
  fixed?: boolean;
  children: ReactNode;
}

/** A page: crumbs by meaning, one title, its state, its acts, its sheet. */
export function Page({ title, crumbs, beside, acts, sections, fixed, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.title', { page: title });
    visited({ href: location.pathname + location.search, title });
  }, [t, title]);
  return (
    <div className={fixed ? 'dw-page dw-page-fixed' : 'dw-page'}>
      <div>
        <nav className="dw-crumbs" aria-label={t('page.crumbs')}>
          <ol>
            {crumbs.map((crumb, index) => (
              <li key={index}>
                {index > 0 && <ChevronRight className="dw-icon-small dw-mirrored" size={14} aria-hidden="true" />}
                {crumb}
              </li>
            ))}
          </ol>
        </nav>
        <div className="dw-heading">
          <h1>{title}</h1>
          {beside}
          {acts && <div className="dw-acts" role="group" aria-label={t('page.acts')}>{acts}</div>}
        </div>
      </div>
      {sections}
      {children}
    </div>
  );
}
