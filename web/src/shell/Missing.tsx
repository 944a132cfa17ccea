import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../sheet/Page';
import { Empty } from '../sheet/Notice';

/** Not allowed and not found are one answer. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <Page title={t('missing.title')} crumbs={[t('app.name')]}>
      <section className="dw-sheet dw-ruled">
        <Empty act={<Link to="/finance/execution">{t('state.back')}</Link>}>{t('missing.text')}</Empty>
      </section>
    </Page>
  );
}
