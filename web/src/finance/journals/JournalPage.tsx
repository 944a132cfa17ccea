import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { JournalDocument, PostJournalDocument, ReturnJournalDocument, ReverseJournalDocument, SubmitJournalDocument, type JournalQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';

const list = { to: '/finance/journals', word: 'journals' } as const;
type Journal = NonNullable<JournalQuery['journal']>;

export function JournalPage() {
  const { id } = useParams({ from: '/finance/journals/$id' });
  return (
    <WithDocument query={JournalDocument} id={id} pick={(data) => data.journal} list={list}>
      {(journal, again, notice) => <Sheet key={journal.id} journal={journal} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** An entry: debit beside credit, equal; once posted it is mirrored and never changed. */
function Sheet({ journal, again, notice }: { journal: Journal; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const step = { id: journal.id, expected: journal.version };
  const manual = journal.source === 'manual' || journal.source === '';
  const own = journal.draftedBy?.id === me.id;
  const acts: PageAct[] = [];
  if ((journal.stateCode === 'draft' || journal.stateCode === 'returned') && may('finance.journal.draft')) {
    acts.push({ name: 'edit', label: t('journals.act.edit'), run: () => void navigate({ to: '/finance/journals/new', search: { draft: journal.id } }) });
    acts.push({ name: 'submit', label: t('journals.act.submit'), run: () => void command.send('submit', SubmitJournalDocument, step) });
  }
  if (journal.stateCode === 'submitted' && may('finance.journal.post')) {
    if (!own) acts.push({ name: 'return', label: t('journals.act.return'), asks: { reason: true }, run: ({ reason }) => void command.send('return', ReturnJournalDocument, { ...step, reason: reason ?? null }) });
    acts.push({ name: 'post', label: t('journals.act.post'), ...(own ? { blocked: t('journals.ownStep') } : {}), run: () => void command.send('post', PostJournalDocument, step) });
  }
  if (journal.stateCode === 'posted' && manual && journal.mirror === null && may('finance.journal.reverse')) acts.push({ name: 'reverse', label: t('journals.act.reverse'), danger: true, asks: { reason: true }, run: ({ reason }) => void command.send('reverse', ReverseJournalDocument, { ...step, reason: reason ?? null }) });

  const posted = journal.stateCode === 'posted' || journal.stateCode === 'reversed';
  const steps: Step[] = [
    { name: 'drafted', label: t('journals.step.drafted'), state: journal.stateCode === 'draft' || journal.stateCode === 'returned' ? 'now' : 'done', by: journal.draftedBy },
    { name: 'posted', label: t('journals.step.posted'), state: posted ? 'done' : journal.stateCode === 'submitted' ? 'now' : 'later', by: journal.postedBy, post: t('role.accounts') },
  ];
  const title = journal.number ? t('journals.title', { number: inFamily(journal.number, family) }) : t('journals.untitled');
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, journal.number ? <Ref key="this" number={journal.number} /> : t('list.unnumbered'))}
      beside={<Tag ink={inkOf(journal.stateCode)}><BiText text={journal.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('list.date'), value: <DateText day={journal.date} form="prose" /> },
              { label: t('journals.source'), value: <Source journal={journal} /> },
              ...(journal.reverses ? [{ label: t('journals.reverses'), value: <Link to="/finance/journals/$id" params={{ id: journal.reverses }}>{t('journals.open')}</Link> }] : []),
              ...(journal.mirror ? [{ label: t('journals.mirrored'), value: <Link to="/finance/journals/$id" params={{ id: journal.mirror }}>{t('journals.open')}</Link> }] : []),
            ]}
          />
          {manual && <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />}
          <Timeline events={journal.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields"><div className="dw-wide"><dt>{t('ledger.narration')}</dt><dd><Words of={journal.narration} /></dd></div></dl>
        {journal.lines.length === 0 && <p className="dw-quiet">{t('journals.linesOncePosted')}</p>}
        {journal.lines.length > 0 && (
          <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('lines.title')}>
            <table className="dw-table">
              <caption className="dw-hidden">{t('lines.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('trial.account')}</th>
                  <th scope="col">{t('ledger.combination')}</th>
                  <th scope="col" className="dw-amount">{t('trial.debit')}</th>
                  <th scope="col" className="dw-amount">{t('trial.credit')}</th>
                </tr>
              </thead>
              <tbody>
                {journal.lines.map((line) => (
                  <tr key={line.id}>
                    <th scope="row"><Link to="/finance/ledger/$account" params={{ account: line.account }} search={{ fund: line.fund }}><Code of={line.account} /></Link></th>
                    <td><Code of={line.combination} /></td>
                    <td className="dw-amount">{line.debit.amount !== '0.000' && <Money value={line.debit} />}</td>
                    <td className="dw-amount">{line.credit.amount !== '0.000' && <Money value={line.credit} />}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={2}>{t('trial.total')}</th>
                  <td className="dw-amount"><Money value={journal.total} /></td>
                  <td className="dw-amount"><Money value={journal.total} /></td>
                </tr>
              </tfoot>
            </table>
          </div>
        )}
      </section>
    </DocumentPage>
  );
}

/** What made the entry, one press away. */
function Source({ journal }: { journal: Journal }) {
  const { t } = useTranslation();
  const word = t(`journals.sources.${journal.source}`, { defaultValue: journal.source });
  const id = journal.document;
  if (!id) return word;
  if (journal.source === 'invoice') return <Link to="/finance/claims/$id" params={{ id }}>{word}</Link>;
  if (['payment', 'voucher', 'reversal', 'refund'].includes(journal.source)) return <Link to="/finance/vouchers/$id" params={{ id }}>{word}</Link>;
  return word;
}
