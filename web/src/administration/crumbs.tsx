import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** From administration to a list of it, and what stands in it. */
export function useAdministrationCrumbs(list?: { to: string; label: string }, here?: ReactNode): ReactNode[] {
  const { t } = useTranslation();
  return [
    <Link key="module" to="/administration">{t('module.administration')}</Link>,
    ...(list ? [<Link key="list" to={list.to as never}>{list.label}</Link>] : []),
    ...(here ? [here] : []),
  ];
}
