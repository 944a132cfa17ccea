import { useRouterState } from '@tanstack/react-router';
import { CalendarDays, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { Bell } from '../inbox/Bell';
import { AsOfButton } from './as-of/AsOfButton';
import { EntitySwitcher } from './EntitySwitcher';
import { LanguageSwitch } from './LanguageSwitch';
import { officeZone } from './office';
import { TrayButton } from '../jobs/TrayButton';
import { UserMenu } from './UserMenu';
import '../palette/palette.css';

/** The office at a glance: body and year, search, today, language, who is at work. */
export function TopBar({ search, asOf, setAsOf }: { search: () => void; asOf: boolean; setAsOf: (open: boolean) => void }) {
  const { t } = useTranslation();
  const inFinance = useRouterState({ select: (state) => state.location.pathname.startsWith('/finance') });
  return (
    <header className="dw-top" aria-label={t('top.label')}>
      <EntitySwitcher />
      <button type="button" className="dw-search-open dw-push" onClick={search} aria-haspopup="dialog">
        <Search className="dw-icon-small" aria-hidden="true" />
        <span>{t('palette.open')}</span>
        <kbd aria-hidden="true">{'Ctrl K'}</kbd>
      </button>
      {inFinance && <AsOfButton open={asOf} setOpen={setAsOf} />}
      <span className="dw-today">
        <CalendarDays className="dw-icon-small" aria-hidden="true" />
        <span className="dw-hidden">{t('top.today')}</span>
        <DateText day={officeDay(new Date(), officeZone)} hijri="short" />
      </span>
      <TrayButton />
      <Bell />
      <LanguageSwitch />
      <span className="dw-apart-start" aria-hidden="true" />
      <UserMenu />
    </header>
  );
}

/** On a phone the spine's colour moves to the head; the rest lies under "me". */
export function PhoneBar({ asOf, setAsOf }: { asOf: boolean; setAsOf: (open: boolean) => void }) {
  const { t } = useTranslation();
  const inFinance = useRouterState({ select: (state) => state.location.pathname.startsWith('/finance') });
  return (
    <header className="dw-top-phone" aria-label={t('top.label')}>
      <EntitySwitcher />
      {inFinance && <AsOfButton open={asOf} setOpen={setAsOf} />}
      <TrayButton />
      <Bell />
      <LanguageSwitch />
    </header>
  );
}
