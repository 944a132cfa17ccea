import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListPath } from './WithDocument';

/** From the module to a list of it, and what stands in it. */
export function useCrumbs(list: { to: ListPath; word: string }, here: ReactNode): ReactNode[] {
  const { t } = useTranslation();
  return [<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to={list.to}>{t(`finance.${list.word}`)}</Link>, here];
}
