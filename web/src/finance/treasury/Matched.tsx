import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commander } from '../../archetype/act/use-command';
import { ActDialog } from '../../archetype/document/ActDialog';
import { StatementMatchesDocument, UnmatchLinesDocument } from '../../generated/graph';
import { Tag } from '../../sheet/Tag';
import { usePages } from '../../sheet/use-pages';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import type { Statement } from './StatementPage';

/** What was matched: by the name that the bank brought back, or by hand; while the work is open a match is taken back with its reason. */
export function Matched({ statement, works, command }: { statement: Statement; works: boolean; command: Commander }) {
  const { t } = useTranslation();
  const { rows, more } = usePages(StatementMatchesDocument, { id: statement.id, first: 100 }, (data) => data.statementMatches, ['finance_treasury']);
  const [undoing, setUndoing] = useState<number>();
  if (rows.length === 0) return null;
  return (
    <section className="dw-sheet dw-ruled dw-paper" aria-label={t('statements.matched')}>
      <h2>{t('statements.matched')}</h2>
      <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('statements.matched')}>
        <table className="dw-table">
          <caption className="dw-hidden">{t('statements.matched')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('statements.bankSide')}</th>
              <th scope="col">{t('statements.bookSide')}</th>
              <th scope="col">{t('statements.how')}</th>
              {works && <th scope="col"><span className="dw-hidden">{t('statements.act.unmatch')}</span></th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((match) => (
              <tr key={match.group}>
                <td>{match.lines.map((line) => <div key={line.line} className="dw-pairing"><DateText day={line.booked} /> <bdi dir="ltr" className="dw-quiet">{line.reference || line.endToEnd}</bdi> <Money value={line.amount} /></div>)}</td>
                <td>{match.entries.map((entry) => <div key={entry.id} className="dw-pairing"><Link to="/finance/journals/$id" params={{ id: entry.id }}><Ref number={entry.number} /></Link> <DateText day={entry.date} /> <Money value={entry.amount} /></div>)}</td>
                <td><Tag ink={match.auto ? 'lazward' : 'midad'}>{t(match.auto ? 'statements.auto' : 'statements.byHand')}</Tag> {!match.auto && <BiText text={match.by.name} />}</td>
                {works && <td><Button size="small" onClick={() => setUndoing(match.group)} aria-label={`${t('statements.act.unmatch')} ${match.group}`}>{t('statements.act.unmatch')}</Button></td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more && <Button size="small" onClick={more}>{t('state.more')}</Button>}
      {undoing !== undefined && (
        <ActDialog
          act={{ label: t('statements.act.unmatch'), asks: { reason: true } }}
          leave={() => setUndoing(undefined)}
          done={({ reason }) => {
            setUndoing(undefined);
            void command.send('unmatch', UnmatchLinesDocument, { id: statement.id, expected: statement.version, group: undoing, reason: reason ?? null });
          }}
        />
      )}
    </section>
  );
}
