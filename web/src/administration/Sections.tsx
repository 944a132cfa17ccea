import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';

/** The sections of administration, as tabs under the title; each holds the addresses that begin with one of its paths. */
const sections = [
  { name: 'people', to: '/administration/people', holds: ['/administration/people'], permissions: ['access.read'] },
  { name: 'roles', to: '/administration/roles', holds: ['/administration/roles'], permissions: ['access.read'] },
  { name: 'rights', to: '/administration/rights', holds: ['/administration/rights', '/administration/emergencies', '/administration/need-to-know'], permissions: ['access.rights.simulate', 'access.read', 'access.emergency.answer', 'access.emergency.ask'] },
  { name: 'bodies', to: '/administration/bodies', holds: ['/administration/bodies', '/administration/posts'], permissions: ['directory.read'] },
  { name: 'terms', to: '/administration/terms', holds: ['/administration/terms', '/administration/lists'], permissions: ['directory.read'] },
  { name: 'calendar', to: '/administration/calendar', holds: ['/administration/calendar'], permissions: ['directory.read'] },
] as const;

/** Pages about the system itself, under one tab. */
export const systemPages = [
  { name: 'health', to: '/administration/health', permissions: ['access.policy.set'] },
  { name: 'policies', to: '/administration/policies', permissions: ['access.policy.set', 'finance.policy.set', 'directory.policy.set'] },
  { name: 'imports', to: '/administration/imports', permissions: ['finance.budget.import'] },
  { name: 'api', to: '/administration/api', permissions: ['api.develop'] },
] as const;

/** The first section this person may open. */
export const firstSection = (may: (permission: string) => boolean): string | undefined => [...sections, ...systemPages].find((section) => section.permissions.some(may))?.to;

export function AdministrationSections() {
  const { t } = useTranslation();
  const { may } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const system = systemPages.find((page) => page.permissions.some(may));
  return (
    <nav className="dw-sections" aria-label={t('administration.sections')}>
      <ul>
        {sections.filter((section) => section.permissions.some(may)).map((section) => (
          <li key={section.name}>
            <Link to={section.to} activeProps={{}} aria-current={section.holds.some((held) => path.startsWith(held)) ? 'page' : undefined}>
              {t(`administration.${section.name}`)}
            </Link>
          </li>
        ))}
        {system && <li><Link to={system.to} activeProps={{}} aria-current={systemPages.some((page) => path.startsWith(page.to)) ? 'page' : undefined}>{t('administration.system')}</Link></li>}
      </ul>
    </nav>
  );
}

/** Pages of one section that stand beside each other. */
export function Beside({ pages }: { pages: readonly { to: string; label: string }[] }) {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="dw-toolbar" aria-label={t('administration.beside')}>
      {pages.map((page) => (
        <Link key={page.to} className="dw-chip" to={page.to as never} activeProps={{}} aria-current={path.startsWith(page.to) ? 'page' : undefined}>{page.label}</Link>
      ))}
    </nav>
  );
}
