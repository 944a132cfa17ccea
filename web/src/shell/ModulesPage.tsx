import { useTranslation } from 'react-i18next';
import { Page } from '../sheet/Page';
import { ModuleLink } from './ModuleLink';
import { modules } from './modules';

/** All modules on one page: the spine of a phone. */
export function ModulesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('modules.title')} crumbs={[t('app.name')]}>
      <p className="dw-stated">{t('modules.note')}</p>
      <nav className="dw-sheet dw-ruled dw-module-list" aria-label={t('modules.title')}>
        <ul>
          {modules.map((module) => (
            <li key={module.name}>
              <ModuleLink module={module} className="dw-module-row" />
            </li>
          ))}
        </ul>
      </nav>
    </Page>
  );
}
