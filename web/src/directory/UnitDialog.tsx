import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CommandDialog, type Question } from '../administration/CommandDialog';
import {
  CloseUnitDocument, CodeValuesDocument, FillPostDocument, FoundBodyDocument, FoundPostDocument, FoundUnitDocument, LeavePostDocument, MergeUnitsDocument, MoveUnitDocument, RenameUnitDocument,
  type ChangeUnitInput, type FillPostInput, type FoundBodyInput, type FoundPostInput, type FoundUnitInput, type LeavePostInput, type MergeUnitsInput, type UnitQuery,
} from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { officeZone } from '../shell/office';
import { inLanguage } from '../value/BiText';
import { officeDay } from '../value/dates';
import type { OneUnit } from './UnitPage';

type Post = UnitQuery['posts']['nodes'][number];

/** Which act is being asked about, and on which post. */
export interface UnitAsking {
  act: 'rename' | 'move' | 'close' | 'merge' | 'foundUnit' | 'foundBody' | 'foundPost' | 'fill' | 'leave';
  post?: Post;
}

/** The questions of the acts on a unit and its posts; each holds from a day on. */
export function UnitDialog({ unit, asking, leave }: { unit: OneUnit; asking: UnitAsking; leave: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const act = t(`directory.act.${asking.act}`);
  const list = asking.act === 'foundBody' ? 'body_kind' : 'unit_level';
  const [{ data }] = useQuery({ query: CodeValuesDocument, variables: { list, search: null, retired: false, at: null, first: 100, after: null }, pause: !['foundBody', 'foundUnit'].includes(asking.act) });
  const words = (data?.codeValues.nodes ?? []).map((value) => ({ value: value.code, label: inLanguage(value.name, language) }));
  const start = { from: officeDay(new Date(), officeZone) };
  const dated: Question[] = [{ name: 'from', label: t('directory.holdsFrom'), as: 'date' }, { name: 'basis', label: t('directory.basis'), as: 'text', wide: true, hint: t('directory.basisHint') }];
  const names: Question[] = [{ name: 'name.ar', label: t('access.nameAr'), as: 'text' }, { name: 'name.en', label: t('access.nameEn'), as: 'latin' }];
  const code: Question = { name: 'code', label: t('directory.code'), as: 'latin', hint: t('directory.codeHint') };
  const on = (answers: Readonly<Record<string, string>>) => ({ from: answers['from'] ?? '', basis: answers['basis'] || null });
  const name = (answers: Readonly<Record<string, string>>) => ({ ar: answers['name.ar'] ?? '', en: answers['name.en'] ?? '' });
  const change = { id: unit.id, expected: unit.version };
  switch (asking.act) {
    case 'rename':
      return <CommandDialog<ChangeUnitInput> act={act} document={RenameUnitDocument} questions={[...names, ...dated]} start={{ ...start, 'name.ar': unit.name.ar, 'name.en': unit.name.en }} input={(answers) => ({ ...change, name: name(answers), ...on(answers) })} leave={leave} />;
    case 'move':
      return <CommandDialog<ChangeUnitInput> act={act} document={MoveUnitDocument} questions={[{ name: 'parent', label: t('directory.newParent'), as: 'unit' }, code, ...dated]} start={{ ...start, code: unit.code }} input={(answers) => ({ ...change, parent: answers['parent'] || null, code: answers['code'] || null, ...on(answers) })} leave={leave} />;
    case 'close':
      return <CommandDialog<ChangeUnitInput> act={act} danger document={CloseUnitDocument} questions={dated} start={start} input={(answers) => ({ ...change, ...on(answers) })} leave={leave} />;
    case 'merge':
      return <CommandDialog<MergeUnitsInput> act={act} danger document={MergeUnitsDocument} effect={<p className="dw-effect">{t('directory.mergeEffect')}</p>} questions={[{ name: 'into', label: t('directory.into'), as: 'unit' }, ...dated]} start={start} input={(answers) => ({ units: [unit.id], into: answers['into'] ?? '', ...on(answers) })} leave={leave} />;
    case 'foundUnit':
      return <CommandDialog<FoundUnitInput> act={act} document={FoundUnitDocument} questions={[...names, code, { name: 'level', label: t('directory.level'), as: 'choice', options: words }, ...dated]} start={start} input={(answers) => ({ parent: unit.id, code: answers['code'] ?? '', name: name(answers), level: Number(answers['level'] ?? 0), ...on(answers) })} leave={leave} />;
    case 'foundBody':
      return <CommandDialog<FoundBodyInput> act={act} document={FoundBodyDocument} questions={[...names, code, { name: 'kind', label: t('directory.kind'), as: 'choice', options: words }, { name: 'chapter', label: t('directory.chapter'), as: 'latin' }, ...dated]} start={start} input={(answers) => ({ parent: unit.id, code: answers['code'] ?? '', name: name(answers), kind: answers['kind'] ?? '', chapter: answers['chapter'] || null, ...on(answers) })} leave={leave} />;
    case 'foundPost':
      return <CommandDialog<FoundPostInput> act={act} document={FoundPostDocument} questions={[{ name: 'title.ar', label: t('access.postAr'), as: 'text' }, { name: 'title.en', label: t('access.postEn'), as: 'latin' }, code, ...dated]} start={start} input={(answers) => ({ unit: unit.id, code: answers['code'] ?? '', title: { ar: answers['title.ar'] ?? '', en: answers['title.en'] ?? '' }, ...on(answers) })} leave={leave} />;
    case 'fill':
      return (
        <CommandDialog<FillPostInput>
          act={act}
          document={FillPostDocument}
          questions={[{ name: 'person', label: t('access.person'), as: 'person' }, { name: 'acting', label: t('directory.as'), as: 'choice', options: [{ value: 'no', label: t('directory.holder') }, { value: 'yes', label: t('directory.acting') }] }, { name: 'to', label: t('access.lastDay'), as: 'date', hint: t('access.openHint') }, ...dated]}
          start={{ ...start, acting: 'no' }}
          input={(answers) => ({ post: asking.post?.id ?? '', person: answers['person'] ?? '', acting: answers['acting'] === 'yes', to: answers['to'] || null, ...on(answers) })}
          leave={leave}
        />
      );
    case 'leave':
      return (
        <CommandDialog<LeavePostInput>
          act={act}
          document={LeavePostDocument}
          questions={[{ name: 'tenure', label: t('directory.who'), as: 'choice', options: (asking.post?.holders ?? []).map((one) => ({ value: one.tenure, label: inLanguage(one.name, language) })) }, ...dated]}
          start={{ ...start, tenure: asking.post?.holders[0]?.tenure ?? '' }}
          input={(answers) => ({ post: asking.post?.id ?? '', tenure: answers['tenure'] ?? '', ...on(answers) })}
          leave={leave}
        />
      );
  }
}
