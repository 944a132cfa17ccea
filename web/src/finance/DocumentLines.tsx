import { useTranslation } from 'react-i18next';
import type { WrittenLineFragment } from '../generated/graph';
import { Code } from '../value/Count';
import { BiText, type TextValue } from '../value/BiText';
import { Money } from '../value/Money';
import type { MoneyValue } from '../value/money';
import { useLineName } from './lines/use-lines';
import './lines/lines.css';

interface Props {
  caption: string;
  lines: readonly WrittenLineFragment[];
  year: number;
  totalWord: string;
  total: MoneyValue;
  months?: boolean;
}

/** The lines of a document: the budget key with what it is called, and the amount; the sum under the double rule. */
export function DocumentLines({ caption, lines, year, totalWord, total, months }: Props) {
  const { t } = useTranslation();
  return (
    <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={caption}>
      <table className="dw-table">
        <caption className="dw-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('segment.KEY')}</th>
            {months && <th scope="col">{t('lines.month')}</th>}
            <th scope="col" className="dw-amount">{t('lines.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.line}>
              <th scope="row"><LineKey year={year} of={line.key} names={line.codes.map((code) => code.name)} /></th>
              {months && <td><Code of={line.month} /></td>}
              <td className="dw-amount"><Money value={line.amount} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={months ? 2 : 1}>{totalWord}</th>
            <td className="dw-amount"><Money value={total} /></td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** A budget key and, under it, its names: programme, project, item. */
export function LineKey({ year, of, names = [] }: { year: number; of: string; names?: readonly TextValue[] }) {
  const found = useLineName(year, of);
  const shown = found ?? names.filter((name) => name.ar || name.en);
  return (
    <span className="dw-line-key">
      <Code of={of} />
      <span className="dw-line-names">
        {shown.map((name, at) => (
          <span key={at}>{at > 0 && <span className="dw-quiet"> · </span>}<BiText text={name} /></span>
        ))}
      </span>
    </span>
  );
}
