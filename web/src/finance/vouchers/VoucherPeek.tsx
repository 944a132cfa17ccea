import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { VoucherDocument } from '../../generated/graph';
import { Money } from '../../value/Money';
import { useLinked } from '../DocumentLink';
import { LineKey } from '../DocumentLines';

/** A voucher in its row: what it pays, from which lines, and the last thing that happened to it. */
export function VoucherPeek({ id }: { id: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: VoucherDocument, variables: { id } });
  const voucher = data?.voucher;
  const made = useLinked([{ kind: 'commitment', id: voucher?.commitment }, { kind: 'claim', id: voucher?.invoice }]);
  if (!voucher) return <span className="dw-quiet">{t('state.loading')}</span>;
  return (
    <div className="dw-peek">
      <ul>
        {voucher.lines.map((line) => (
          <li key={line.line}><LineKey year={voucher.year} of={line.key} names={line.codes.map((code) => code.name)} /> <Money value={line.amount} strong /></li>
        ))}
      </ul>
      <ul>
        {made.map((document) => <li key={document.name}><span className="dw-quiet">{document.kind}</span> {document.link} {document.amount}</li>)}
      </ul>
    </div>
  );
}
