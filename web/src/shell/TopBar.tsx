import { CalendarDays } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { EntitySwitcher } from './EntitySwitcher';
import { LanguageSwitch } from './LanguageSwitch';
import { officeZone } from './office';
import { UserMenu } from './UserMenu';

export function TopBar() {
  const { t } = useTranslation();
  return (
    <header className="dw-top" aria-label={t('top.label')}>
      <EntitySwitcher />
      <span className="dw-today dw-push">
        <CalendarDays className="dw-icon-small" aria-hidden="true" />
        <span className="dw-hidden">{t('top.today')}</span>
        <DateText day={officeDay(new Date(), officeZone)} hijri="short" />
      </span>
      <LanguageSwitch />
      <span className="dw-apart-start" aria-hidden="true" />
      <UserMenu />
    </header>
  );
}

/** On a phone the spine's colour moves to the head; the rest lies under "me". */
export function PhoneBar() {
  const { t } = useTranslation();
  return (
    <header className="dw-top-phone" aria-label={t('top.label')}>
      <EntitySwitcher />
      <LanguageSwitch />
    </header>
  );
}
