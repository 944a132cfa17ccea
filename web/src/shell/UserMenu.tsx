import { Button, Popover } from 'antd';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { inLanguage } from '../value/BiText';
import { PreferencesForm } from './PreferencesForm';

/** Who is at work here, with which post; behind it the preferences and the way out. */
export function UserMenu() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { me, signOut } = useSession();
  const [open, setOpen] = useState(false);
  const name = inLanguage(me.name, language);
  const roles = me.roles.map((role) => t(`role.${role}`, { defaultValue: role })).join(' · ');
  const content = (
    <div className="dw-preferences">
      <PreferencesForm />
      <Button block onClick={signOut} icon={<LogOut className="dw-icon-small" aria-hidden="true" />}>
        {t('user.signOut')}
      </Button>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottom" open={open} onOpenChange={setOpen}>
      <button
        type="button"
        className="dw-user"
        aria-expanded={open}
        aria-haspopup="dialog"
        title={t('user.menu')}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        <span className="dw-initial" aria-hidden="true">{name.slice(0, 1)}</span>
        <span>
          <b>{name}</b>
          <small>{roles}</small>
        </span>
      </button>
    </Popover>
  );
}
