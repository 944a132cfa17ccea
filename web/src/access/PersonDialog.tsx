import { useTranslation } from 'react-i18next';
import { CommandDialog, type Question } from '../administration/CommandDialog';
import {
  DelegateDocument, EndGrantDocument, EndPersonDocument, GiveClearanceDocument, GrantRoleDocument, ReinstatePersonDocument, RenamePersonDocument, SuspendPersonDocument, WithdrawDelegationDocument,
  type ActKind, type ChangePersonInput, type DelegateInput, type EndGrantInput, type GiveClearanceInput, type GrantRoleInput, type HandedFragment, type Secrecy, type WithdrawDelegationInput,
} from '../generated/graph';
import { BiText } from '../value/BiText';
import type { OnePerson } from './PersonPage';

/** Which act is being asked about, and on what. */
export interface Asking {
  act: 'grant' | 'revoke' | 'clear' | 'rename' | 'suspend' | 'reinstate' | 'end' | 'delegate' | 'withdraw';
  grant?: OnePerson['grants'][number];
  delegation?: HandedFragment;
}

interface Props {
  person: OnePerson;
  asking: Asking;
  leave: () => void;
}

/** The questions of the acts on a person. */
export function PersonDialog({ person, asking, leave }: Props) {
  const { t } = useTranslation();
  const act = t(`access.act.${asking.act}`);
  const reason: Question = { name: 'reason', label: t('access.reason'), as: 'long' };
  const days: Question[] = [
    { name: 'from', label: t('access.firstDay'), as: 'date', hint: t('access.todayHint') },
    { name: 'to', label: t('access.lastDay'), as: 'date', hint: t('access.openHint') },
  ];
  const id = person.id;
  switch (asking.act) {
    case 'grant':
      return (
        <CommandDialog<GrantRoleInput>
          act={act}
          document={GrantRoleDocument}
          questions={[{ name: 'role', label: t('access.role'), as: 'role', wide: true }, { name: 'unit', label: t('access.scope'), as: 'unit', hint: t('access.scopeHint') }, ...days]}
          input={(answers) => ({ person: id, role: answers['role'] ?? '', unit: answers['unit'] ?? '', from: answers['from'] || null, to: answers['to'] || null })}
          leave={leave}
        />
      );
    case 'revoke':
      return (
        <CommandDialog<EndGrantInput>
          act={act}
          danger
          document={EndGrantDocument}
          effect={asking.grant && <p className="dw-effect"><BiText text={asking.grant.role.title} /> · <BiText text={asking.grant.unit.name} /></p>}
          questions={[{ name: 'last', label: t('access.lastDay'), as: 'date', hint: t('access.atOnceHint') }, reason]}
          input={(answers) => ({ person: id, grant: asking.grant?.no ?? 0, last: answers['last'] || null, reason: answers['reason'] ?? '' })}
          leave={leave}
        />
      );
    case 'clear':
      return (
        <CommandDialog<GiveClearanceInput>
          act={act}
          document={GiveClearanceDocument}
          questions={[{ name: 'level', label: t('access.clearance'), as: 'grade', wide: true }, ...days, reason]}
          start={{ level: person.clearance.level }}
          input={(answers) => ({ person: id, level: answers['level'] as Secrecy, from: answers['from'] || null, to: answers['to'] || null, reason: answers['reason'] ?? '' })}
          leave={leave}
        />
      );
    case 'rename':
      return (
        <CommandDialog<ChangePersonInput>
          act={act}
          document={RenamePersonDocument}
          questions={[
            { name: 'name.ar', label: t('access.nameAr'), as: 'text' }, { name: 'name.en', label: t('access.nameEn'), as: 'latin' },
            { name: 'title.ar', label: t('access.postAr'), as: 'text' }, { name: 'title.en', label: t('access.postEn'), as: 'latin' },
          ]}
          start={{ 'name.ar': person.name.ar, 'name.en': person.name.en, 'title.ar': person.title.ar, 'title.en': person.title.en }}
          input={(answers) => ({ person: id, name: { ar: answers['name.ar'] ?? '', en: answers['name.en'] ?? '' }, title: { ar: answers['title.ar'] ?? '', en: answers['title.en'] ?? '' } })}
          leave={leave}
        />
      );
    case 'suspend':
    case 'reinstate':
      return (
        <CommandDialog<ChangePersonInput>
          act={act}
          danger={asking.act === 'suspend'}
          document={asking.act === 'suspend' ? SuspendPersonDocument : ReinstatePersonDocument}
          questions={[reason]}
          input={(answers) => ({ person: id, reason: answers['reason'] ?? '' })}
          {...(asking.act === 'suspend' ? { effect: <p className="dw-effect">{t('access.suspendEffect')}</p> } : {})}
          leave={leave}
        />
      );
    case 'end':
      return (
        <CommandDialog<ChangePersonInput>
          act={act}
          danger
          document={EndPersonDocument}
          effect={<p className="dw-effect">{t('access.endEffect')}</p>}
          questions={[{ name: 'last', label: t('access.lastDay'), as: 'date', hint: t('access.todayHint') }, reason]}
          input={(answers) => ({ person: id, last: answers['last'] || null, reason: answers['reason'] ?? '' })}
          leave={leave}
        />
      );
    case 'delegate':
      return (
        <CommandDialog<DelegateInput>
          act={act}
          document={DelegateDocument}
          effect={<p className="dw-quiet">{t('access.delegateEffect')}</p>}
          questions={[{ name: 'delegate', label: t('access.delegate'), as: 'person' }, { name: 'kinds', label: t('access.handed'), as: 'kinds' }, days[0]!, { name: 'to', label: t('access.lastDay'), as: 'date' }, reason]}
          start={{ kinds: 'READING APPROVING' }}
          input={(answers) => ({ delegate: answers['delegate'] ?? '', kinds: (answers['kinds'] ?? '').split(' ').filter(Boolean) as ActKind[], from: answers['from'] || null, to: answers['to'] ?? '', reason: answers['reason'] ?? '' })}
          leave={leave}
        />
      );
    case 'withdraw':
      return (
        <CommandDialog<WithdrawDelegationInput>
          act={act}
          danger
          document={WithdrawDelegationDocument}
          effect={asking.delegation && <p className="dw-effect"><BiText text={asking.delegation.delegate.name} /></p>}
          questions={[{ name: 'last', label: t('access.lastDay'), as: 'date', hint: t('access.atOnceHint') }, reason]}
          input={(answers) => ({ principal: id, delegation: asking.delegation?.id ?? '', last: answers['last'] || null, reason: answers['reason'] ?? '' })}
          leave={leave}
        />
      );
  }
}
