import { useTranslation } from 'react-i18next';
import { ModuleLink } from './ModuleLink';
import { modules } from './modules';

/** The spine (الكعب): the modules, always in the same place. */
export function Spine() {
  const { t } = useTranslation();
  return (
    <nav className="dw-spine" aria-label={t('module.label')}>
      <span className="dw-name">{t('app.name')}</span>
      <ul>
        {modules.map((module) => (
          <li key={module.name} className={module.name === 'inbox' ? 'dw-apart' : undefined}>
            <ModuleLink module={module} className="dw-module" />
          </li>
        ))}
      </ul>
    </nav>
  );
}
