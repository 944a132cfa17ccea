import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commander } from '../../archetype/act/use-command';
import { MatchLinesDocument, OpenEntriesDocument, StatementLinesDocument, type BankLineFragment, type BookLineFragment } from '../../generated/graph';
import { RuledLines } from '../../sheet/Notice';
import { usePages } from '../../sheet/use-pages';
import { DateText } from '../../value/DateText';
import { fromMinor, minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import type { Statement } from './StatementPage';

const views = ['finance_treasury', 'finance_ledger'];

interface Props {
  statement: Statement;
  works: boolean;
  command: Commander;
}

/** The open lines of the bank beside the open entries of the book; what is chosen on both sides is matched once the sums agree. */
export function Matching({ statement, works, command }: Props) {
  const { t } = useTranslation();
  const lines = usePages(StatementLinesDocument, { id: statement.id, open: statement.stateCode === 'accepted', first: 100 }, (data) => data.statementLines, views);
  const entries = usePages(OpenEntriesDocument, { id: statement.treasury, until: statement.to, first: 100 }, (data) => data.openEntries, views);
  const [chosenLines, setLines] = useState<readonly number[]>([]);
  const [chosenEntries, setEntries] = useState<readonly string[]>([]);
  const currency = statement.closing.currency;
  const bank = lines.rows.filter((line) => chosenLines.includes(line.line)).reduce((sum, line) => sum + minorUnits(line.amount), 0n);
  const book = entries.rows.filter((entry) => chosenEntries.includes(entry.id)).reduce((sum, entry) => sum + minorUnits(entry.amount), 0n);
  const ready = works && chosenLines.length > 0 && chosenLines.length + chosenEntries.length > 1 && bank === book;

  const match = async () => {
    const outcome = await command.send('match', MatchLinesDocument, { id: statement.id, expected: statement.version, lines: [...chosenLines], journals: [...chosenEntries] });
    if (outcome.kind !== 'done') return;
    setLines([]);
    setEntries([]);
  };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && (event.target.isContentEditable || event.target.matches('textarea, select, input:not([type=checkbox])'));
      if (event.code === 'KeyX' && !writing && !event.ctrlKey && !event.altKey && !event.metaKey && ready) {
        event.preventDefault();
        void match();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
  /** Choosing a line offers the entries of the same amount first. */
  const wanted = bank - book;
  const fits = (entry: BookLineFragment) => wanted !== 0n && minorUnits(entry.amount) === wanted;
  const toggle = <T,>(all: readonly T[], one: T, on: boolean): readonly T[] => (on ? [...all, one] : all.filter((other) => other !== one));
  return (
    <section className="dw-sheet dw-ruled dw-paper dw-matching" aria-label={t('statements.matching')}>
      <div className="dw-sides">
        <Side title={t('statements.bankSide')} empty={lines.data && lines.rows.length === 0 ? t('statements.noOpenLines') : undefined} reading={!lines.data} more={lines.more}>
          {lines.rows.map((line) => (
            <BankRow key={line.line} line={line} works={works && !line.pending} chosen={chosenLines.includes(line.line)} choose={(on) => setLines(toggle(chosenLines, line.line, on))} />
          ))}
        </Side>
        <Side title={t('statements.bookSide')} empty={entries.data && entries.rows.length === 0 ? t('statements.noOpenEntries') : undefined} reading={!entries.data} more={entries.more}>
          {[...entries.rows].sort((a, b) => Number(fits(b)) - Number(fits(a))).map((entry) => (
            <BookRow key={entry.id} entry={entry} works={works} fits={fits(entry)} chosen={chosenEntries.includes(entry.id)} choose={(on) => setEntries(toggle(chosenEntries, entry.id, on))} />
          ))}
        </Side>
      </div>
      {works && (
        <div className="dw-balance" role="status">
          <span>{t('statements.bankSide')} <Money value={fromMinor(bank, currency)} /></span>
          <span>{t('statements.bookSide')} <Money value={fromMinor(book, currency)} /></span>
          <span className={bank === book ? '' : 'dw-low'}>{t('accounts.difference')} <Money value={fromMinor(bank - book, currency)} strong /></span>
          <span className="dw-push" />
          <Button type="primary" disabled={!ready} loading={command.acting === 'match'} onClick={() => void match()} aria-keyshortcuts="X">{t('statements.act.match')}</Button>
        </div>
      )}
    </section>
  );
}

function Side({ title, empty, reading, more, children }: { title: string; empty: string | undefined; reading: boolean; more: (() => void) | undefined; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="dw-side">
      <h2>{title}</h2>
      {reading && <RuledLines rows={4} />}
      {empty && <p className="dw-quiet">{empty}</p>}
      <ul aria-label={title}>{children}</ul>
      {more && <Button size="small" onClick={more}>{t('state.more')}</Button>}
    </div>
  );
}

function BankRow({ line, works, chosen, choose }: { line: BankLineFragment; works: boolean; chosen: boolean; choose: (on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <li className={chosen ? 'dw-chosen' : ''}>
      {works && <Checkbox aria-label={t('statements.line', { n: line.line })} checked={chosen} onChange={(event) => choose(event.target.checked)} />}
      <div>
        <b>{line.counterparty || <bdi dir="ltr">{line.reference || line.endToEnd || line.code}</bdi>}</b>
        <small className="dw-quiet"><DateText day={line.booked} /> {line.pending && t('statements.pending')} {line.text && <Words of={line.text} />}</small>
      </div>
      <Money value={line.amount} />
    </li>
  );
}

function BookRow({ entry, works, fits, chosen, choose }: { entry: BookLineFragment; works: boolean; fits: boolean; chosen: boolean; choose: (on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <li className={chosen ? 'dw-chosen' : fits ? 'dw-fits' : ''}>
      {works && <Checkbox aria-label={t('journals.title', { number: entry.number })} checked={chosen} onChange={(event) => choose(event.target.checked)} />}
      <div>
        <b><Link to="/finance/journals/$id" params={{ id: entry.id }}><Ref number={entry.number} /></Link></b>
        <small className="dw-quiet"><DateText day={entry.date} /> {t(`journals.sources.${entry.source}`, { defaultValue: entry.source })} <Words of={entry.narration} /></small>
      </div>
      <Money value={entry.amount} />
    </li>
  );
}
