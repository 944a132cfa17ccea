import { CalendarDays, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { Bell } from '../inbox/Bell';
import { EntitySwitcher } from './EntitySwitcher';
import { LanguageSwitch } from './LanguageSwitch';
import { officeZone } from './office';
import { UserMenu } from './UserMenu';
import '../palette/palette.css';

/** The office at a glance: body and year, search, today, language, who is at work. */
export function TopBar({ search }: { search: () => void }) {
  const { t } = useTranslation();
  return (
    <header className="dw-top" aria-label={t('top.label')}>
      <EntitySwitcher />
      <button type="button" className="dw-search-open dw-push" onClick={search} aria-haspopup="dialog">
        <Search className="dw-icon-small" aria-hidden="true" />
        <span>{t('palette.open')}</span>
        <kbd aria-hidden="true">{'Ctrl K'}</kbd>
      </button>
      <span className="dw-today">
        <CalendarDays className="dw-icon-small" aria-hidden="true" />
        <span className="dw-hidden">{t('top.today')}</span>
        <DateText day={officeDay(new Date(), officeZone)} hijri="short" />
      </span>
      <Bell />
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
      <Bell />
      <LanguageSwitch />
    </header>
  );
}
