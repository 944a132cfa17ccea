import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatedTag, Days, Part } from '../access/parts';
import { AdministrationSections } from '../administration/Sections';
import { CommandDialog } from '../administration/CommandDialog';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { WithThing } from '../administration/WithThing';
import { DocumentPage } from '../archetype/document/DocumentPage';
import { MarginFacts } from '../archetype/document/Margin';
import { ClosePostDocument, MovePostDocument, PostDocument, RenamePostDocument, type ChangePostInput, type PostQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Table } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { officeZone } from '../shell/office';
import { BiText, inLanguage } from '../value/BiText';
import { officeDay } from '../value/dates';
import { ActsOf } from './ActsOf';

type One = NonNullable<PostQuery['post']>;

export function PostPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/administration/posts/$id' });
  return (
    <WithThing query={PostDocument} variables={{ id, at: null }} pick={(data) => data.post} list={{ to: '/administration/bodies', label: t('administration.bodies') }}>
      {(post, _, notice, data) => <Sheet key={post.id} post={post} acts={data.unitActs.nodes} notice={notice} />}
    </WithThing>
  );
}

/** A post: who is in it, and all who were, are or will be. */
function Sheet({ post, acts, notice }: { post: One; acts: PostQuery['unitActs']['nodes']; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const [asking, setAsking] = useState<'rename' | 'move' | 'close'>();
  const today = officeDay(new Date(), officeZone);
  const changes = post.open && may('directory.structure.change');
  const holder = post.holders[0];
  const dated = [{ name: 'from', label: t('directory.holdsFrom'), as: 'date' }, { name: 'basis', label: t('directory.basis'), as: 'text', wide: true }] as const;
  return (
    <DocumentPage
      title={inLanguage(post.title, language)}
      crumbs={[...useAdministrationCrumbs({ to: '/administration/bodies', label: t('administration.bodies') }), ...(post.unit ? [<Link key="unit" to="/administration/bodies/$id" params={{ id: post.unit.id }}><BiText text={post.unit.name} /></Link>] : []), <BiText key="this" text={post.title} />]}
      beside={<Tag ink={!post.open ? 'midad' : holder ? 'zinjar' : 'maghra'}>{t(!post.open ? 'directory.closed' : holder ? 'directory.filled' : 'directory.vacant')}</Tag>}
      sections={<AdministrationSections />}
      acts={changes ? (['close', 'move', 'rename'] as const).map((act) => ({ name: act, label: t(`directory.act.${act}Post`), danger: act === 'close', run: () => setAsking(act) })) : []}
      notices={notice}
      margin={
        <>
          <MarginFacts facts={[{ label: t('directory.code'), value: <bdi dir="ltr">{post.code}</bdi> }, ...(post.unit ? [{ label: t('access.unit'), value: <BiText text={post.unit.name} /> }] : [])]} />
          {holder && may('access.rights.simulate') && <p><Link className="dw-chip" to="/administration/rights" search={{ person: holder.person } as never}>{t('access.whatSees')}</Link></p>}
          <ActsOf acts={acts} />
        </>
      }
    >
      <Part name="tenures" title={t('directory.tenures')} empty={t('directory.empty.tenures')} filled={post.tenures.length > 0}>
        <Table
          caption={t('directory.tenures')}
          rows={post.tenures}
          rowKey={(one) => one.tenure}
          columns={[
            { name: 'person', head: t('access.name'), cell: (one) => (may('access.read') ? <Link to="/administration/people/$id" params={{ id: one.person }}><BiText text={one.name} /></Link> : <BiText text={one.name} />) },
            { name: 'as', head: t('directory.as'), cell: (one) => t(one.acting ? 'directory.acting' : 'directory.holder') },
            { name: 'days', head: t('access.days'), cell: (one) => <Days from={one.from} to={one.to} /> },
            { name: 'state', head: t('list.state'), cell: (one) => <DatedTag holds={one.from <= today && (one.to === null || one.to >= today)} over={one.to !== null && one.to < today} /> },
          ]}
        />
      </Part>
      {asking && (
        <CommandDialog<ChangePostInput>
          act={t(`directory.act.${asking}Post`)}
          danger={asking === 'close'}
          document={asking === 'rename' ? RenamePostDocument : asking === 'move' ? MovePostDocument : ClosePostDocument}
          questions={[
            ...(asking === 'rename' ? [{ name: 'title.ar', label: t('access.postAr'), as: 'text' } as const, { name: 'title.en', label: t('access.postEn'), as: 'latin' } as const] : []),
            ...(asking === 'move' ? [{ name: 'unit', label: t('access.unit'), as: 'unit' } as const] : []),
            ...dated,
          ]}
          start={{ from: today, 'title.ar': post.title.ar, 'title.en': post.title.en, unit: post.unit?.id ?? '' }}
          input={(answers) => ({
            id: post.id, expected: post.version, from: answers['from'] ?? '', basis: answers['basis'] || null,
            ...(asking === 'rename' ? { title: { ar: answers['title.ar'] ?? '', en: answers['title.en'] ?? '' } } : {}),
            ...(asking === 'move' ? { unit: answers['unit'] || null } : {}),
          })}
          leave={() => setAsking(undefined)}
        />
      )}
    </DocumentPage>
  );
}
