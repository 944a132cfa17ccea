import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Count } from '../value/Count';
import { useInboxCount } from './use-inbox-count';
import './inbox.css';

/** What happened to one's documents, apart from what waits. */
export function Bell() {
  const { t } = useTranslation();
  const unread = useInboxCount()?.read ?? 0;
  return (
    <Link to="/inbox" search={{ pile: 'READ' } as never} className="dw-bell" activeProps={{}} aria-label={t('inbox.bell', { count: unread })} title={t('inbox.pile.READ')}>
      <BellIcon className="dw-icon" aria-hidden="true" />
      {unread > 0 && <span className="dw-counter" aria-hidden="true"><Count of={unread} /></span>}
    </Link>
  );
}

/** What waits, on the spine. */
export function InboxCounter() {
  const { t } = useTranslation();
  const total = useInboxCount()?.total ?? 0;
  if (total === 0) return null;
  return (
    <span className="dw-counter">
      <Count of={total} /> <span className="dw-hidden">{t('inbox.waits')}</span>
    </span>
  );
}
