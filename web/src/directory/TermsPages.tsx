import { useTranslation } from 'react-i18next';
import { Beside } from '../administration/Sections';

/** Agreed terms and code lists stand beside each other. */
export function TermsPages() {
  const { t } = useTranslation();
  return <Beside pages={[{ to: '/administration/terms', label: t('directory.terms') }, { to: '/administration/lists', label: t('directory.lists') }]} />;
}
