import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { inFamily } from '../../value/digits';
import { fromMinor } from '../../value/money';
import { Money } from '../../value/Money';
import type { Cycle } from './CyclePage';
import { inkOfRequest } from './inks';
import { SegmentSelect } from './SegmentSelect';
import { added, ceilingOf, none, yearsOf, type Years } from './years';

type Label = RequestHeadFragment['chapter'];

/** Ceilings and what is asked for, chapter by chapter, programme by programme: what is left of each ceiling stands beside it. */
export function Asked({ cycle, requests }: { cycle: Cycle; requests: readonly RequestHeadFragment[] }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { currency } = cycle;
  const chapters = new Map<string, Label>();
  const programmes = new Map<string, Map<string, Label>>();
  const seen = (chapter: Label, programme?: Label | null) => {
    chapters.set(chapter.code, chapter);
    const under = programmes.get(chapter.code) ?? new Map<string, Label>();
    if (programme) under.set(programme.code, programme);
    programmes.set(chapter.code, under);
  };
  cycle.ceilings.forEach((ceiling) => seen(ceiling.chapter, ceiling.programme));
  requests.forEach((request) => seen(request.chapter, request.programme));
  const asks = (request: RequestHeadFragment): Years => added(yearsOf(request.current), yearsOf(request.capital));
  const money = (units: bigint) => <Money value={fromMinor(units, currency)} />;
  const left = (ceiling: Years | undefined, asked: Years) => ceiling && <Money value={fromMinor(ceiling[0] - asked[0], currency)} tone={ceiling[0] < asked[0] ? 'low' : 'available'} />;
  return (
    <>
      <h2>{t('preparation.asked')}</h2>
      {chapters.size === 0 && <p className="dw-quiet">{t('preparation.nothingYet')}</p>}
      {chapters.size > 0 && (
        <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('preparation.asked')}>
          <table className="dw-table">
            <thead>
              <tr>
                <th scope="col">{t('preparation.place')}</th>
                <th scope="col" className="dw-amount">{t('preparation.ceiling')}</th>
                {[0, 1, 2].map((at) => <th key={at} scope="col" className="dw-amount">{inFamily(String(cycle.year + at), family)}</th>)}
                <th scope="col" className="dw-amount">{t('preparation.left')}</th>
                <th scope="col">{t('list.state')}</th>
              </tr>
            </thead>
            {[...chapters.values()].sort((a, b) => a.code.localeCompare(b.code)).map((chapter) => {
              const own = requests.filter((request) => request.chapter.code === chapter.code);
              const sum = own.reduce((total, request) => added(total, asks(request)), none);
              const ceiling = ceilingOf(cycle.ceilings, chapter.code);
              return (
                <tbody key={chapter.code}>
                  <tr className="dw-group">
                    <th scope="row"><Code of={chapter.code} /> <BiText text={chapter.name} /></th>
                    <td className="dw-amount">{ceiling && money(ceiling[0])}</td>
                    {sum.map((units, at) => <td key={at} className="dw-amount"><Money value={fromMinor(units, currency)} strong /></td>)}
                    <td className="dw-amount">{left(ceiling, sum)}</td>
                    <td />
                  </tr>
                  {[...(programmes.get(chapter.code)?.values() ?? [])].sort((a, b) => a.code.localeCompare(b.code)).map((programme) => {
                    const request = own.find((one) => one.programme.code === programme.code);
                    const asked = request ? asks(request) : none;
                    const limit = ceilingOf(cycle.ceilings, chapter.code, programme.code);
                    return (
                      <tr key={programme.code}>
                        <th scope="row">
                          <Link to="/finance/preparation/$year/$chapter/$programme" params={{ year: String(cycle.year), chapter: chapter.code, programme: programme.code }}>
                            <Code of={programme.code} /> <BiText text={programme.name} />
                          </Link>
                        </th>
                        <td className="dw-amount">{limit && money(limit[0])}</td>
                        {asked.map((units, at) => <td key={at} className="dw-amount">{request && money(units)}</td>)}
                        <td className="dw-amount">{left(limit, asked)}</td>
                        <td>{request ? <Tag ink={inkOfRequest(request.stateCode)}><BiText text={request.state} /></Tag> : <span className="dw-quiet">{t('preparation.notAsked')}</span>}</td>
                      </tr>
                    );
                  })}
                </tbody>
              );
            })}
          </table>
        </div>
      )}
      {cycle.stateCode === 'open' && <Begin year={cycle.year} />}
    </>
  );
}

/** Chooses the programme to ask for. */
function Begin({ year }: { year: number }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [chapter, setChapter] = useState('');
  const [programme, setProgramme] = useState('');
  if (!may('finance.budget.request')) return null;
  return (
    <div className="dw-form-fields">
      <SegmentSelect name="ask-chapter" segment="CHAPTER" label={t('preparation.chapter')} value={chapter} change={setChapter} />
      <SegmentSelect name="ask-programme" segment="PROGRAMME" label={t('preparation.programme')} value={programme} change={setProgramme} />
      <p><Button icon={<FilePlus2 className="dw-icon-small" aria-hidden="true" />} disabled={chapter === '' || programme === ''} onClick={() => void navigate({ to: '/finance/preparation/$year/$chapter/$programme', params: { year: String(year), chapter, programme } })}>{t('preparation.act.ask')}</Button></p>
    </div>
  );
}
