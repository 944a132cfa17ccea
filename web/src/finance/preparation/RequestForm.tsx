import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { Timeline } from '../../archetype/document/Margin';
import { EntryGrid, type EntryColumn } from '../../archetype/grid/EntryGrid';
import type { Cells } from '../../archetype/grid/model';
import { SubmitBudgetRequestDocument, type Economic, type RequestLineInput } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { BiText } from '../../value/BiText';
import { inFamily, toLatin } from '../../value/digits';
import { exponentOf, fromMinor, minorUnits, moneyText, readAmount } from '../../value/money';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { combination, readCodes } from '../journals/codes';
import { problemsByRow } from '../lines/LinesEntry';
import { useForm } from '../use-form';
import { useSegmentValues } from '../use-segment-values';
import { BreachList } from './BreachList';
import type { Place, Request, RequestCycle } from './RequestPage';
import { added, typedYears, type Years } from './years';

interface Written {
  reason: string;
  /** Code, three years, why. */
  current: Cells;
  capital: Cells;
}

const row = ['', '', '', '', ''];

interface Props {
  place: Place;
  cycle: RequestCycle;
  request?: Request;
  again: () => void;
}

/** The request of a programme in two grids, current and capital, three years each; a ceiling gone beyond is said while typing. */
export function RequestForm({ place, cycle, request, again }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const command = useCommand();
  const { problems } = useForm(command);
  const { currency } = cycle;
  const kept = (economic: Economic): Cells => {
    const lines = (request?.lines ?? []).filter((line) => line.economic === economic).map((line) => [
      combination(line.segments), ...line.amounts.map((amount) => (minorUnits(amount) === 0n ? '' : moneyText(amount, family))), line.reason,
    ]);
    return lines.length > 0 ? lines : [row];
  };
  const draft = useDraft<Written>(`budget.${place.year}.${place.chapter}.${place.programme}`, { reason: request?.reason ?? '', current: kept('CURRENT'), capital: kept('CAPITAL') });
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const sums = (cells: Cells): Years => added(...cells.map((cells) => typedYears(cells.slice(1, 4), currency)));
  const current = sums(value.current);
  const capital = sums(value.capital);

  const plain = (text: string) => {
    const read = readAmount(text, currency);
    return 'value' in read ? read.value.amount : toLatin(text);
  };
  const written = (cells: Cells) => cells.filter((one) => one.some((cell) => cell !== ''));
  const lines = (cells: Cells, economic: Economic): RequestLineInput[] =>
    written(cells).map((one) => ({ codes: readCodes(one[0]!) ?? {}, economic, amounts: one.slice(1, 4).map(plain), reason: one[4] || null }));
  const send = async () => {
    const outcome = await command.send('submit', SubmitBudgetRequestDocument, {
      year: place.year, chapter: place.chapter, programme: place.programme, reason: value.reason || null,
      lines: [...lines(value.current, 'CURRENT'), ...lines(value.capital, 'CAPITAL')], ...(request ? { expected: request.version } : {}),
    });
    if (outcome.kind !== 'done') return;
    draft.drop();
    again();
  };
  const sent = written(value.current).length;
  const ofCapital = problems.map((problem) => ({ ...problem, path: problem.path?.replace(/^lines\.(\d+)/, (_, at: string) => `lines.${Number(at) - sent}`) ?? null }));
  const ofCurrent = problems.filter((problem) => Number(/^lines\.(\d+)/.exec(problem.path ?? '')?.[1] ?? 0) < sent);
  const refuse = (text: string) => {
    const read = readAmount(text, currency);
    if ('refusal' in read) return t(`amount.${read.refusal}`, { decimals: exponentOf(currency) });
    return minorUnits(read.value) < 0n ? t('amount.notPositive') : undefined;
  };
  const columns: EntryColumn[] = [
    { name: 'codes', head: t('preparation.item'), width: 'minmax(200px, 2fr)', refuse: (text) => (readCodes(text) ? undefined : t('journals.combinationWrong')), shown: (text) => <ItemCell text={text} /> },
    ...[0, 1, 2].map((at): EntryColumn => ({ name: `y${at}`, head: inFamily(String(place.year + at), family), width: 'minmax(110px, 1fr)', currency, refuse })),
    { name: 'why', head: t('acts.reason'), width: 'minmax(120px, 1fr)' },
  ];
  const total = (years: Years) => (
    <>{years.map((units, at) => <span key={at}>{at > 0 && ' · '}{inFamily(String(place.year + at), family)} <Money value={fromMinor(units, currency)} strong={at === 0} /></span>)}</>
  );
  const title = t('preparation.request', { programme: inFamily(place.programme, family), year: inFamily(String(place.year), family) });
  return (
    <FormPage
      title={title}
      crumbs={[
        <Link key="list" to="/finance/preparation">{t('preparation.title')}</Link>,
        <Link key="year" to="/finance/preparation/$year" params={{ year: String(place.year) }}>{inFamily(String(place.year), family)}</Link>,
        inFamily(`${place.chapter}/${place.programme}`, family),
      ]}
      act={t(request ? 'preparation.act.again' : 'preparation.act.submit')}
      send={() => void send()}
      command={command}
      draft={draft}
      reread={again}
      margin={request && <Timeline events={request.history.nodes} />}
    >
      {request?.returnedFor && <p className="dw-strip" role="note"><span>{t('preparation.returnedFor')} <Words of={request.returnedFor} /></span></p>}
      <BreachList place={place} cycle={cycle} current={current} capital={capital} />
      {!cycle.strict && (
        <div className="dw-form-fields">
          <Field name="reason" label={t('preparation.whyBeyond')} problem={problemAt(problems, 'reason')} wide>
            <Input id="reason" name="reason" maxLength={500} value={value.reason} onChange={(event) => set({ reason: event.target.value })} />
          </Field>
        </div>
      )}
      <h2>{t('preparation.kinds.CURRENT')}</h2>
      <EntryGrid caption={t('preparation.kinds.CURRENT')} columns={columns} cells={value.current} change={(cells) => set({ current: cells })} problems={problemsByRow(ofCurrent, value.current)} total={total(current)} />
      <h2>{t('preparation.kinds.CAPITAL')}</h2>
      <EntryGrid caption={t('preparation.kinds.CAPITAL')} columns={columns} cells={value.capital} change={(cells) => set({ capital: cells })} problems={problemsByRow(ofCapital, value.capital)} total={total(capital)} />
      <p className="dw-quiet"><Words of={t('preparation.hint')} /></p>
    </FormPage>
  );
}

/** A code with its name under it. */
function ItemCell({ text }: { text: string }) {
  const items = useSegmentValues('ITEM');
  if (text === '') return null;
  const code = readCodes(text)?.item;
  const known = items.find((item) => item.code === code);
  return (
    <span className="dw-key-cell">
      <bdi dir="ltr">{text}</bdi>
      {known && <small><BiText text={known.name} /></small>}
    </span>
  );
}
