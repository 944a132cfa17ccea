import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ColleaguesDocument } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { Empty, RuledLines, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { BiText, inLanguage } from '../value/BiText';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { PostsOf } from './PostsOf';

/** A colleague as everybody who works here may know them: name, post, where they stand in the directory; never their rights. */
export function ColleaguePage({ id }: { id: string }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [{ data, error }, again] = useQuery({ query: ColleaguesDocument, variables: { search: id, first: 20 } });
  const one = data?.colleagues.nodes.find((colleague) => colleague.id === id);
  const title = one ? inLanguage(one.name, language) : t('access.person');
  return (
    <Page title={title} crumbs={useAdministrationCrumbs(undefined, one ? <BiText text={one.name} /> : title)}>
      {error && <Unread kept={data !== undefined} again={() => again({ requestPolicy: 'network-only' })} />}
      {!data && !error && <section className="dw-sheet dw-ruled"><RuledLines rows={4} /></section>}
      {data && !one && <section className="dw-sheet dw-ruled"><Empty>{t('state.notFound')}</Empty></section>}
      {one && (
        <>
          <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
            <dl className="dw-fields"><div><dt>{t('access.post')}</dt><dd><BiText text={one.title} /></dd></div></dl>
          </section>
          <PostsOf person={id} />
        </>
      )}
    </Page>
  );
}
