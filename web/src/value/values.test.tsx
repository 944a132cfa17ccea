import i18n from 'i18next';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaults, PreferencesContext, type Preferences } from '../preferences/preferences';
import { startWords } from '../words/words';
import { BiText } from './BiText';
import { DateText } from './DateText';
import { Money } from './Money';
import { Percent } from './Percent';
import { EntryNumber } from './Position';
import { Ref } from './Ref';
import { Words } from './Words';

function shown(element: ReactElement, chosen: Partial<Preferences> = {}): string {
  const preferences = { ...defaults, ...chosen, mode: 'light' as const, change: () => undefined };
  const family = preferences.digits === 'arabic' ? ('arabic' as const) : ('latin' as const);
  return renderToStaticMarkup(<PreferencesContext value={{ ...preferences, family }}>{element}</PreferencesContext>);
}

const jod = (amount: string) => ({ amount, currency: 'JOD' });

beforeAll(async () => {
  await startWords('ar');
  await i18n.changeLanguage('ar');
});

describe('values keep their order inside an Arabic sentence', () => {
  it('an amount is one left-to-right isolate with a quieter fraction', () => {
    expect(shown(<Money value={jod('1240.500')} />)).toBe('<bdi dir="ltr" class="dw-money">1,240<span class="dw-fraction">.500</span></bdi>');
  });

  it('a negative amount has its minus in front and the ink of refusal', () => {
    const html = shown(<Money value={jod('-1240.500')} />);
    expect(html).toContain('dw-negative');
    expect(html).toMatch(/>\u22121,240</);
  });

  it('a key inside a sentence is an isolate, so that it is not read from its end', () => {
    expect(shown(<Words of="لا يكفي المتاح على البند 01-2501-4402: المطلوب 9,000.000" />)).toBe('<bdi>لا يكفي المتاح على البند <bdi dir="ltr">01-2501-4402</bdi>: المطلوب 9,000.000</bdi>');
    expect(shown(<Words of="من 40/2026" />, { digits: 'arabic' })).toContain('<bdi dir="ltr">٤٠/٢٠٢٦</bdi>');
  });

  it('zero, unknown and not applicable are three different things', () => {
    expect(shown(<Money value={jod('0.000')} />)).toContain('0<span class="dw-fraction">.000');
    expect(shown(<Money value={null} />)).toBe('');
    expect(shown(<Money value={undefined} />)).toContain('—');
  });

  it('the currency stands beside an amount only where it is alone, outside the isolate', () => {
    expect(shown(<Money value={jod('5.000')} withCurrency />)).toMatch(/<\/bdi> <span class="dw-currency">دينار<\/span>/);
  });

  it('every value follows the chosen digits', () => {
    const arabic = { digits: 'arabic' } as const;
    expect(shown(<Money value={jod('1240.500')} />, arabic)).toContain('١٬٢٤٠');
    expect(shown(<Percent tenths={461} />, arabic)).toContain('٤٦٫١٪');
    expect(shown(<Ref number="03318/2026" />, arabic)).toContain('٠٣٣١٨/٢٠٢٦');
    expect(shown(<DateText day="2026-11-22" />, arabic)).toContain('٢٢/١١/٢٠٢٦');
    expect(shown(<EntryNumber of="4182907" />, arabic)).toContain('#٤٬١٨٢٬٩٠٧');
  });

  it('a reference carries its word outside the isolate', () => {
    expect(shown(<Ref kind="التزام" number="03318/2026" />)).toMatch(/التزام<\/span> <bdi dir="ltr" class="dw-ref">03318\/2026<\/bdi>/);
  });

  it('a share of nothing is not applicable', () => {
    expect(shown(<Percent tenths={undefined} />)).toContain('—');
  });

  it('a date carries its Hijri day second, for machines the stored day', () => {
    const html = shown(<DateText day="2026-11-22" form="prose" />);
    expect(html).toContain('dateTime="2026-11-22"');
    expect(html.indexOf('تشرين الثاني')).toBeLessThan(html.indexOf('جمادى الآخرة'));
  });

  it('a name in the other language only is marked and tagged', () => {
    const html = shown(<BiText text={{ ar: '', en: 'Roads' }} />);
    expect(html).toContain('lang="en"');
    expect(html).toContain('EN');
    expect(shown(<BiText text={{ ar: 'الطرق', en: 'Roads' }} />, { language: 'en' })).toBe('<bdi>Roads</bdi>');
  });
});
