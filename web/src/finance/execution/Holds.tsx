import { Button } from 'antd';
import { Trans, useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { HoldsDocument, type HoldsQuery, type StagesFragment } from '../../generated/graph';
import { useAsOf } from '../../shell/as-of/as-of';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { HoldLink } from './HoldLink';
import { inkOf } from './state-ink';

type Hold = HoldsQuery['holds']['nodes'][number];

interface Props {
  year: number;
  lineKey: string;
  stages: StagesFragment;
}

/** What holds the money of a line: the documents, the largest first, and what is left. */
export function Holds({ year, lineKey, stages }: Props) {
  const { t } = useTranslation();
  const { active } = useAsOf();
  const [{ data, fetching, error }, again] = useQuery({ query: HoldsDocument, variables: { year, key: lineKey, first: 20 } });
  const holds = data?.holds.nodes;
  const nearest = holds?.filter((hold) => hold.kind === 'RESERVATION' && hold.due).sort(byDue)[0];
  return (
    <section className="dw-holds" aria-label={t('execution.holds')}>
      <h2>{t('execution.holds')}</h2>
      {active && <p className="dw-strip" role="note">{t('asOf.holdsNow')}</p>}
      {!holds && fetching && <p className="dw-quiet">{t('state.loading')}</p>}
      {error && !holds && <Button size="small" onClick={() => again({ requestPolicy: 'network-only' })}>{t('state.retry')}</Button>}
      {holds?.length === 0 && <p>{t('execution.nothingHeld')}</p>}
      {holds && holds.length > 0 && (
        <table>
          <thead className="dw-hidden">
            <tr>
              <th scope="col">{t('execution.document')}</th>
              <th scope="col">{t('execution.subject')}</th>
              <th scope="col">{t('execution.holdAmount')}</th>
              <th scope="col">{t('execution.due')}</th>
              <th scope="col">{t('execution.state')}</th>
            </tr>
          </thead>
          <tbody>{holds.map((hold) => <HoldRow key={hold.id} hold={hold} />)}</tbody>
        </table>
      )}
      <p className="dw-holds-left">
        <Trans i18nKey="execution.left" components={{ amount: <Money value={stages.availableNow} withCurrency /> }} />{' '}
        {nearest && (
          <Trans i18nKey="execution.nearest" components={{ day: <DateText day={nearest.due} />, amount: <Money value={nearest.amount} /> }} />
        )}
      </p>
    </section>
  );
}

const byDue = (a: Hold, b: Hold): number => (a.due ?? '').localeCompare(b.due ?? '');

function HoldRow({ hold }: { hold: Hold }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <span className="dw-holds-document">
          <span className="dw-quiet">{t(`execution.kind.${hold.kind}`)}</span>
          <HoldLink hold={hold} />
        </span>
      </th>
      <td><Words of={hold.title} /></td>
      <td className="dw-amount"><Money value={hold.amount} strong /></td>
      <td className="dw-quiet"><DateText day={hold.due} /></td>
      <td className="dw-end"><Tag ink={inkOf(hold.stateCode)}><BiText text={hold.state} /></Tag></td>
    </tr>
  );
}
