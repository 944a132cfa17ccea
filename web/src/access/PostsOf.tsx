import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { PersonPostsDocument } from '../generated/graph';
import { useSession } from '../session/session';
import { Table } from '../sheet/Table';
import { BiText } from '../value/BiText';
import { Days, Part } from './parts';

/** The posts a person is in today, each with its unit. */
export function PostsOf({ person }: { person: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [{ data }] = useQuery({ query: PersonPostsDocument, variables: { person }, pause: !may('directory.read') });
  const posts = data?.postsOf.nodes ?? [];
  if (!may('directory.read')) return null;
  return (
    <Part name="posts" title={t('access.posts')} empty={t('access.empty.posts')} filled={posts.length > 0}>
      <Table
        caption={t('access.posts')}
        rows={posts}
        rowKey={(post) => post.tenure}
        columns={[
          { name: 'title', head: t('access.post'), cell: (post) => <BiText text={post.title} /> },
          { name: 'unit', head: t('access.unit'), cell: (post) => post.unit && <Link to="/administration/bodies/$id" params={{ id: post.unit.id }}><BiText text={post.unit.name} /></Link> },
          { name: 'days', head: t('access.days'), cell: (post) => <Days from={post.from} to={post.to} /> },
          { name: 'acting', head: t('list.state'), cell: (post) => t(post.acting ? 'directory.acting' : 'directory.holder') },
        ]}
      />
    </Part>
  );
}
