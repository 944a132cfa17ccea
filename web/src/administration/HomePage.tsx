import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';
import { Empty } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { firstSection } from './Sections';

/** Administration opens at the first section this person may open. */
export function HomePage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const to = firstSection(may);
  if (to) return <Navigate to={to as never} replace />;
  return (
    <Page title={t('module.administration')} crumbs={[t('app.name')]}>
      <section className="dw-sheet dw-ruled"><Empty>{t('state.notFound')}</Empty></section>
    </Page>
  );
}
