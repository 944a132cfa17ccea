import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { SearchDocument } from '../generated/graph';
import { addressOf } from '../inbox/items';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { places } from '../shell/places';
import { inLanguage } from '../value/BiText';
import { inFamily } from '../value/digits';
import { aimOf, groupsFor, type Aim, type Group, type Option } from './options';
import { recent } from './recent';

/** What the palette offers for what was typed: pages this person may open, what was visited, acts of the shell. */
export function usePaletteOptions(typed: string): { groups: Group[]; searching: boolean; searched: boolean } {
  const { t } = useTranslation();
  const { may, signOut } = useSession();
  const { language, family, theme, change } = usePreferences();
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

  const { aim, words } = aimOf(typed);
  const asked = useSettled(aim === 'acts' ? '' : words);
  const [{ data, fetching, stale }] = useQuery({ query: SearchDocument, variables: { text: asked, kinds: kindsOf[aim], first: 5 }, pause: asked.length < 2 });
  const found = useMemo(() => {
    if (asked.length < 2) return [];
    return (data?.search ?? []).flatMap((group) =>
      group.hits.map((hit): Option => {
        const to = addressOf(hit.kind, hit.target);
        const number = hit.number && inFamily(hit.number, family);
        const beside = `${inLanguage(group.name, language)} · ${inFamily(String(group.count), family)}`;
        const because = t(`palette.why.${hit.why}`);
        return {
          key: hit.id,
          title: [number, inLanguage(hit.title, language)].filter(Boolean).join(' '),
          beside,
          why: hit.marks.length > 0 ? `${because}: ${hit.marks.slice(0, 3).join('، ')}` : because,
          go: () => to && router.history.push(to),
        };
      }),
    );
  }, [data, asked, language, family, router, t]);

  const searching = asked.length >= 2 && (fetching || stale || asked !== words);
  return { groups: groupsFor(typed, offered, found), searching, searched: asked.length >= 2 && !searching };
}

/** What the first sign narrows the search to. */
const kindsOf: Record<Aim, string[] | null> = {
  all: null,
  acts: null,
  number: ['order', 'virement', 'reservation', 'commitment', 'invoice', 'voucher', 'journal', 'segment'],
  people: ['person', 'payee', 'body', 'unit', 'post'],
};

/** What was typed, once the fingers rest. */
function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const clock = setTimeout(() => setSettled(words), 160);
    return () => clearTimeout(clock);
  }, [words]);
  return settled;
}
