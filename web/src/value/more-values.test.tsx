import i18n from 'i18next';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaults, PreferencesContext } from '../preferences/preferences';
import { startWords } from '../words/words';
import { AmountInput, typedAmount } from './AmountInput';
import { Iban, ibanRefusal, inFours } from './Iban';
import { Phone, phoneText } from './Phone';
import { Plate, plateText } from './Plate';
import { Quantity, quantityText } from './Quantity';

const shown = (element: ReactElement, family: 'latin' | 'arabic' = 'latin') =>
  renderToStaticMarkup(<PreferencesContext value={{ ...defaults, mode: 'light', family, change: () => undefined }}>{element}</PreferencesContext>);

beforeAll(async () => {
  await startWords('ar');
  await i18n.changeLanguage('ar');
});

describe('an amount being typed', () => {
  it('is read in both digit families and all four marks', () => {
    for (const text of ['1,240.5', '١٬٢٤٠٫٥', '1240.500', '١٢٤٠٫٥٠٠']) expect(typedAmount(text, 'JOD').value?.amount, text).toBe('1240.500');
  });
  it('is refused at a fourth decimal, never rounded', () => {
    expect(typedAmount('1.0005', 'JOD')).toEqual({ text: '1.0005', refusal: 'precision' });
    expect(shown(<AmountInput currency="JOD" value={typedAmount('1.0005', 'JOD')} />)).toContain('aria-invalid="true"');
  });
  it('shows its Arabic words under a voucher', () => {
    expect(shown(<AmountInput currency="JOD" inWords value={typedAmount('1200', 'JOD')} />)).toContain('فقط ألف ومئتا دينار لا غير');
  });
});

describe('an IBAN', () => {
  it('is told wrong before it is sent, for the reason the server would give', () => {
    expect(ibanRefusal('jo94 cbjo 0010 0000 0000 0131 0003 02')).toBeUndefined();
    expect(ibanRefusal('JO٩٤ CBJO ٠٠١٠ ٠٠٠٠ ٠٠٠٠ ٠١٣١ ٠٠٠٣ ٠٢')).toBeUndefined();
    expect(ibanRefusal('JO94CBJO0010000000000131000303')).toBe('checksum');
    expect(ibanRefusal('JO94CBJO001000000000013100030')).toBe('length');
    expect(ibanRefusal('9494CBJO0010000000000131000302')).toBe('shape');
  });
  it('stands in fours, left to right in any sentence', () => {
    expect(inFours('JO94CBJO0010000000000131000302')).toBe('JO94 CBJO 0010 0000 0000 0131 0003 02');
    expect(shown(<Iban of="JO94CBJO0010000000000131000302" />)).toMatch(/^<bdi dir="ltr"/);
  });
});

describe('plates, quantities, telephones', () => {
  it('keep their order and their pattern', () => {
    expect(plateText('148213', '#-#####')).toBe('1-48213');
    expect(plateText('48213', '#-#####')).toBe('48213');
    expect(shown(<Plate number="148213" pattern="#-#####" />, 'arabic')).toContain('١-٤٨٢١٣');
    expect(quantityText('-31.80', 'latin')).toBe('\u221231.80');
    expect(shown(<Quantity of="1204.5" unit="كم" />)).toMatch(/<bdi dir="ltr"[^>]*>1,204.5<\/bdi> <span[^>]*>كم/);
    expect(phoneText('٠٠٩٦٢٧٩١٢٣٤٥٦٧')).toBe('+962 79 123 4567');
    expect(phoneText('065000100')).toBe('+962 6 500 0100');
    expect(shown(<Phone number="0791234567" />)).toContain('href="tel:+962791234567"');
  });
});
