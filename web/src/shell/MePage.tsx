import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';
import { Page } from '../sheet/Page';
import { Money } from '../value/Money';
import { Person } from '../value/Person';
import { PreferencesForm } from './PreferencesForm';

/** Me: who I am here, how it looks for me, and the way out. */
export function MePage() {
  const { t } = useTranslation();
  const { me, signOut } = useSession();
  return (
    <Page title={t('module.me')} crumbs={[t('app.name')]} acts={<Button onClick={signOut}>{t('user.signOut')}</Button>}>
      <section className="dw-sheet dw-ruled dw-me">
        <p><Person name={me.name} /></p>
        <p className="dw-quiet">{me.roles.map((role) => t(`role.${role}`, { defaultValue: role })).join(' · ')}</p>
        {me.limit && <p>{t('me.limit')} <Money value={me.limit} withCurrency /></p>}
        <p><Link to="/me/rights">{t('access.mine')}</Link></p>
        <PreferencesForm />
      </section>
    </Page>
  );
}
