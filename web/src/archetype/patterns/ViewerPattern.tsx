import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { RuledLines } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';

const Viewer = lazy(() => import('../viewer/Viewer'));

/** The viewer over an invented file of five pages. */
export function ViewerPattern() {
  const { t } = useTranslation();
  return (
    <Page title={t('patterns.viewer')} crumbs={[t('patterns.title')]}>
      <p className="dw-stated">{t('patterns.invented')}</p>
      <Suspense fallback={<RuledLines />}>
        <Viewer address="/patterns/sample.pdf" title={t('patterns.viewer')} trust="written" watermark={t('patterns.title')} />
      </Suspense>
    </Page>
  );
}
