import { ChevronRight } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { visited } from '../palette/recent';
import { useAsOf } from '../shell/as-of/as-of';
import { Siblings } from './Siblings';

interface Props {
  title: string;
  /** From the module down to what this page is about. */
  crumbs: ReactNode[];
  /** State and freshness, beside the title. */
  beside?: ReactNode;
  /** Saving and printing what is seen; they stay whatever time is on screen. */
  tools?: ReactNode;
  /** The page shows the time asked for; others show what is now, and say so. */
  asOf?: boolean;
  /** What may be done now, primary last. */
  acts?: ReactNode;
  sections?: ReactNode;
  /** One sheet fills the window and scrolls within, so that its head and total stay in sight. */
  fixed?: boolean;
  children: ReactNode;
}

/** A page: crumbs by meaning, one title, its state, its acts, its sheet. */
export function Page({ title, crumbs, beside, tools, asOf, acts, sections, fixed, children }: Props) {
  const { t } = useTranslation();
  const { active } = useAsOf();
  const may = active ? undefined : acts;
  useEffect(() => {
    document.title = t('app.title', { page: title });
    visited({ href: location.pathname + location.search, title });
  }, [t, title]);
  return (
    <div className={['dw-page', fixed && 'dw-page-fixed', active && asOf && 'dw-then'].filter(Boolean).join(' ')}>
      <div>
        <nav className="dw-crumbs" aria-label={t('page.crumbs')}>
          <ol>
            {crumbs.map((crumb, index) => (
              <li key={index}>
                {index > 0 && <ChevronRight className="dw-icon-small dw-mirrored" size={14} aria-hidden="true" />}
                {crumb}
                {index < 2 && <Siblings level={index === 0 ? 'module' : 'book'} />}
              </li>
            ))}
          </ol>
        </nav>
        <div className="dw-heading">
          <h1>{title}</h1>
          {beside}
          {(tools || may) && <div className="dw-acts" role="group" aria-label={t('page.acts')}>{tools}{may}</div>}
        </div>
      </div>
      {active && !asOf && <p className="dw-strip" role="note">{t('asOf.elsewhere')}</p>}
      {sections}
      {children}
    </div>
  );
}
