import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';

/** The administrator's pages, as tabs; only those one may open. */
const sections = [
  { name: 'health', to: '/administration/health', permissions: ['access.policy.set'] },
  { name: 'policies', to: '/administration/policies', permissions: ['access.policy.set', 'finance.policy.set', 'directory.policy.set'] },
  { name: 'imports', to: '/administration/imports', permissions: ['finance.budget.import'] },
  { name: 'api', to: '/administration/api', permissions: ['api.develop'] },
] as const;

export function HouseSections() {
  const { t } = useTranslation();
  const { may } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="dw-sections" aria-label={t('house.sections')}>
      <ul>
        {sections.filter((section) => section.permissions.some(may)).map((section) => (
          <li key={section.name}>
            <Link to={section.to} activeProps={{}} aria-current={path.startsWith(section.to) ? 'page' : undefined}>{t(`house.${section.name}`)}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
