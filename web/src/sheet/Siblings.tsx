import { useRouter, useRouterState } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';
import { modules } from '../shell/modules';
import { places } from '../shell/places';

/** What stands beside a crumb: the other modules, or the other books of this one. */
export function Siblings({ level }: { level: 'module' | 'book' }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const router = useRouter();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const module = path.split('/')[1];
  const items =
    level === 'module'
      ? modules.filter((one) => one.home && one.name !== module).map((one) => ({ key: one.home as string, label: t(`module.${one.name}`) }))
      : places
          .filter((place) => place.module === module && place.to !== path && !place.to.endsWith('/new') && (!place.permissions || place.permissions.some(may)))
          .map((place) => ({ key: place.to, label: t(`place.${place.name}`) }));
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => router.history.push(key) }}>
      <button type="button" className="dw-siblings" aria-haspopup="menu" aria-label={t(`page.siblings.${level}`)}>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
    </Dropdown>
  );
}
