import { Link, useRouterState } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { CircleUserRound, LayoutGrid, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ModuleLink } from './ModuleLink';
import { modules } from './modules';

/** The spine of a phone: inbox, search, the module, all modules, me. */
export function BottomTabs({ search }: { search: () => void }) {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const finance = modules.find((module) => module.name === 'finance')!;
  const own = (to: '/modules' | '/me', name: 'modules' | 'me', Icon: LucideIcon) => (
    <Link to={to} className="dw-tab" aria-current={path === to ? 'page' : undefined} activeProps={{}}>
      <Icon className="dw-icon" aria-hidden="true" />
      <span>{t(`module.${name}`)}</span>
    </Link>
  );
  return (
    <nav className="dw-tabs" aria-label={t('module.label')}>
      <ul>
        <li><ModuleLink module={modules[0]!} className="dw-tab" /></li>
        <li>
          <button type="button" className="dw-tab dw-tab-act" onClick={search} aria-haspopup="dialog">
            <Search className="dw-icon" aria-hidden="true" />
            <span>{t('module.search')}</span>
          </button>
        </li>
        <li><ModuleLink module={finance} className="dw-tab" /></li>
        <li>{own('/modules', 'modules', LayoutGrid)}</li>
        <li>{own('/me', 'me', CircleUserRound)}</li>
      </ul>
    </nav>
  );
}
