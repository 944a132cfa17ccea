import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { inFamily } from '../../value/digits';
import { fromMinor } from '../../value/money';
import { Money } from '../../value/Money';
import type { Cycle } from './CyclePage';
import { added, none, yearsOf, type Years } from './years';

type Part = Cycle['drafts'][number];
const sum = (part: Part | undefined): Years => (part ? added(yearsOf(part.current), yearsOf(part.capital)) : none);

/** Two versions of the draft side by side: what every programme had, has, and how it changed. */
export function Drafts({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const versions = [...new Set(cycle.drafts.map((part) => part.version))];
  const [newer, setNewer] = useState<number>();
  const [older, setOlder] = useState<number>();
  if (versions.length === 0) return null;
  const a = newer ?? versions[0]!;
  const b = older ?? versions[1] ?? a;
  const of = (version: number) => cycle.drafts.filter((part) => part.version === version);
  const names = new Map([...of(b), ...of(a)].map((part) => [`${part.chapter.code}/${part.programme.code}`, part] as const));
  const rows = [...names.entries()].sort(([x], [y]) => x.localeCompare(y)).map(([name, part]) => {
    const at = (version: number) => of(version).find((one) => `${one.chapter.code}/${one.programme.code}` === name);
    return { name, part, before: sum(at(b)), after: sum(at(a)) };
  });
  const total = (pick: (row: (typeof rows)[number]) => Years) => rows.reduce((all, row) => added(all, pick(row)), none);
  const money = (units: bigint, tone?: 'low' | 'available') => <Money value={fromMinor(units, cycle.currency)} {...(tone ? { tone } : {})} />;
  const change = (before: Years, after: Years) => money(after[0] - before[0], after[0] === before[0] ? undefined : after[0] > before[0] ? 'available' : 'low');
  const choice = (label: string, value: number, set: (version: number) => void) => (
    <label>{label} <Select aria-label={label} value={value} onChange={set} options={versions.map((version) => ({ value: version, label: inFamily(String(version), family) }))} /></label>
  );
  const version = (n: number) => t('preparation.version', { version: inFamily(String(n), family) });
  return (
    <section aria-label={t('preparation.drafts')}>
      <h2>{t('preparation.drafts')}</h2>
      {versions.length > 1 && <p className="dw-toolbar">{choice(t('preparation.compare'), a, setNewer)} {choice(t('preparation.with'), b, setOlder)}</p>}
      <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('preparation.drafts')}>
        <table className="dw-table">
          <thead>
            <tr>
              <th scope="col">{t('preparation.place')}</th>
              {b !== a && <th scope="col" className="dw-amount">{version(b)}</th>}
              <th scope="col" className="dw-amount">{version(a)}</th>
              {b !== a && <th scope="col" className="dw-amount">{t('preparation.change')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row"><Code of={row.name} /> <BiText text={row.part.programme.name} /></th>
                {b !== a && <td className="dw-amount">{money(row.before[0])}</td>}
                <td className="dw-amount">{money(row.after[0])}</td>
                {b !== a && <td className="dw-amount">{change(row.before, row.after)}</td>}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('lines.total')}</th>
              {b !== a && <td className="dw-amount">{money(total((row) => row.before)[0])}</td>}
              <td className="dw-amount">{money(total((row) => row.after)[0])}</td>
              {b !== a && <td className="dw-amount">{change(total((row) => row.before), total((row) => row.after))}</td>}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
