import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, type AnyVariables, type TypedDocumentNode } from 'urql';
import { isBehind } from '../session/client';
import { Empty, RuledLines, Stale, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { AdministrationSections } from './Sections';
import { useAdministrationCrumbs } from './crumbs';

interface Props<Data, Variables extends AnyVariables, Thing> {
  query: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  pick: (data: Data) => Thing | null;
  list: { to: string; label: string };
  children: (thing: Thing, again: () => void, notice: ReactNode, data: Data) => ReactNode;
}

/** Reads one thing and shows it; until then, or when there is none, its place says so. */
export function WithThing<Data, Variables extends AnyVariables, Thing>({ query, variables, pick, list, children }: Props<Data, Variables, Thing>) {
  const { t } = useTranslation();
  const [{ data, error, extensions }, ask] = useQuery({ query, variables });
  const again = () => ask({ requestPolicy: 'network-only' });
  const crumbs = useAdministrationCrumbs(list);
  const found = data && pick(data);
  if (found) {
    return children(found, again, <>{error && <Unread kept again={again} />}{isBehind(extensions) && <Stale again={again} />}</>, data);
  }
  return (
    <Page title={list.label} crumbs={crumbs} sections={<AdministrationSections />}>
      {error && <Unread kept={false} again={again} />}
      <section className="dw-sheet dw-ruled">
        {!error && data === undefined && <RuledLines />}
        {data && <Empty act={<Link to={list.to as never}>{list.label}</Link>}>{t('state.notFound')}</Empty>}
      </section>
    </Page>
  );
}
