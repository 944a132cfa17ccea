import { Link, useRouter, useRouterState } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InboxCounter } from '../inbox/Bell';
import { lastPlace } from './last-place';
import type { Module } from './modules';

/** A module as a link, or as a plain word where it does not stand yet. */
export function ModuleLink({ module, className }: { module: Module; className: string }) {
  const { t } = useTranslation();
  const router = useRouter();
  const current = useRouterState({ select: (state) => state.location.pathname.split('/')[1] === module.name });
  const Icon = module.icon;
  const inside: ReactNode = (
    <>
      <Icon className="dw-icon" aria-hidden="true" />
      <span>{t(`module.${module.name}`)}</span>
      {module.name === 'inbox' && <InboxCounter />}
    </>
  );
  if (!module.home) {
    return (
      <span className={`${className} dw-later`} aria-disabled="true" role="link" title={t('module.later')}>
        {inside}
        <small>{t('module.later')}</small>
      </span>
    );
  }
  const resume = (event: MouseEvent) => {
    const place = lastPlace(module.name);
    if (current || !place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    router.history.push(place);
  };
  return (
    <Link to={module.home} className={className} aria-current={current ? 'page' : undefined} activeProps={{}} onClick={resume}>
      {inside}
    </Link>
  );
}
