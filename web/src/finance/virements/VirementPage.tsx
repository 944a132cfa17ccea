import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { ApproveVirementDocument, RejectVirementDocument, VirementDocument, type VirementQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { BeforeAfter } from './BeforeAfter';

const list = { to: '/finance/virements', word: 'virements' } as const;
type Virement = NonNullable<VirementQuery['virement']>;

export function VirementPage() {
  const { id } = useParams({ from: '/finance/virements/$id' });
  return (
    <WithDocument query={VirementDocument} id={id} pick={(data) => data.virement} list={list}>
      {(virement, again, notice) => <Sheet key={virement.id} virement={virement} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A virement: every line it touches, before and after; approved by another person than proposed it. */
function Sheet({ virement, again, notice }: { virement: Virement; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const step = { id: virement.id, expected: virement.version };
  const own = virement.proposedBy.id === me.id ? { blocked: t('virements.ownStep') } : {};
  const acts: PageAct[] = virement.stateCode === 'proposed' && may('finance.virement.approve')
    ? [
        ...(own.blocked ? [] : [{ name: 'reject', label: t('virements.act.reject'), asks: { reason: true }, run: ({ reason }: { reason?: string }) => void command.send('reject', RejectVirementDocument, { ...step, reason: reason ?? null }) }]),
        { name: 'approve', label: t('virements.act.approve'), ...own, run: () => void command.send('approve', ApproveVirementDocument, step) },
      ]
    : [];
  const steps: Step[] = [
    { name: 'proposed', label: t('virements.step.proposed'), state: 'done', by: virement.proposedBy },
    { name: 'decided', label: t('virements.step.decided'), state: virement.stateCode === 'proposed' ? 'now' : virement.stateCode === 'rejected' ? 'stopped' : 'done', by: virement.decidedBy, post: t('role.budget_department') },
  ];
  const title = virement.number ? t('virements.title', { number: inFamily(virement.number, family) }) : t('virements.untitled');
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, virement.number ? <Ref key="this" number={virement.number} /> : t('list.unnumbered'))}
      beside={<Tag ink={inkOf(virement.stateCode)}><BiText text={virement.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('virements.total'), value: <Money value={virement.total} withCurrency strong /> },
              { label: t('virements.proposedBy'), value: <Person name={virement.proposedBy.name} /> },
              ...(virement.date ? [{ label: t('virements.decidedOn'), value: <DateText day={virement.date} form="prose" /> }] : []),
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />
          <Timeline events={virement.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('virements.reason')}</dt><dd><Words of={virement.reason} /></dd></div>
          {virement.refusal && <div className="dw-wide"><dt>{t('virements.refusal')}</dt><dd><Words of={virement.refusal} /></dd></div>}
        </dl>
        <BeforeAfter year={virement.year} moves={virement.lines.map((line) => ({ key: line.key, amount: line.amount }))} applied={virement.stateCode === 'approved'} />
      </section>
    </DocumentPage>
  );
}
