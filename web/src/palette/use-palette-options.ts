import { useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { places } from '../shell/places';
import { groupsFor, type Group, type Option } from './options';
import { recent } from './recent';

/** What the palette offers for what was typed: pages this person may open, what was visited, acts of the shell. */
export function usePaletteOptions(typed: string): { groups: Group[]; searching: boolean; searched: boolean } {
  const { t } = useTranslation();
  const { may, signOut } = useSession();
  const { language, theme, change } = usePreferences();
  const navigate = useNavigate();
  const router = useRouter();

  const offered = useMemo(() => {
    const go = (to: string) => () => void navigate({ to: to as never });
    const pages = places
      .filter((place) => !place.permissions || place.permissions.some(may))
      .map((place): Option => ({ key: place.name, title: t(`place.${place.name}`), beside: t(`module.${place.module}`), go: go(place.to) }));
    const visits = recent().map((visit): Option => ({ key: visit.href, title: visit.title, go: () => router.history.push(visit.href) }));
    const other = language === 'ar' ? 'en' : 'ar';
    const acts: Option[] = [
      { key: 'language', title: t('palette.acts.language'), go: () => change({ language: other }) },
      { key: 'theme', title: t(theme === 'dark' ? 'palette.acts.light' : 'palette.acts.dark'), go: () => change({ theme: theme === 'dark' ? 'light' : 'dark' }) },
      { key: 'sign-out', title: t('user.signOut'), go: signOut },
    ];
    return { next: [], recent: visits, pages, acts };
  }, [t, may, signOut, language, theme, change, navigate, router]);

  return { groups: groupsFor(typed, offered, []), searching: false, searched: false };
}
