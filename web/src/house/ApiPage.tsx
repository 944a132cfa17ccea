import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';
import { RuledLines } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Missing } from '../shell/Missing';
import { HouseSections } from './HouseSections';

const Develop = lazy(() => import('./Develop'));

/** The API by hand, for people who write programs against it; the server gives its script to nobody else. */
export function ApiPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  if (!may('api.develop')) return <Missing />;
  return (
    <Page fixed title={t('house.api')} crumbs={[t('module.administration'), t('house.api')]} sections={<HouseSections />}>
      <section className="dw-sheet dw-fill" aria-label={t('house.api')} dir="ltr" lang="en">
        <Suspense fallback={<RuledLines rows={12} />}>
          <Develop />
        </Suspense>
      </section>
    </Page>
  );
}
