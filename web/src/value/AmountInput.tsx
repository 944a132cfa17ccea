import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { exponentOf, moneyText, readAmount, type AmountRefusal, type MoneyValue } from './money';
import { amountInWords } from './tafqit';

/** What a field holds: the amount when it is one, and always the text as typed. */
export interface TypedAmount {
  text: string;
  value?: MoneyValue;
  refusal?: AmountRefusal;
}

export function typedAmount(text: string, currency: string): TypedAmount {
  const read = readAmount(text, currency);
  return 'value' in read ? { text, value: read.value } : { text, refusal: read.refusal };
}

interface Props {
  value?: TypedAmount | undefined;
  onChange?: (typed: TypedAmount) => void;
  currency: string;
  /** Arabic words under the field, as a voucher shows them. */
  inWords?: boolean;
  id?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  'aria-label'?: string;
  'aria-describedby'?: string;
}

/** An amount being typed: both digit families and all four marks are read, it is grouped on leaving, never rounded. */
export function AmountInput({ value, onChange, currency, inWords, id, disabled, autoFocus, ...aria }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const [held, setHeld] = useState<TypedAmount>({ text: '' });
  const own = useId();
  const typed = value ?? held;
  const told = (next: TypedAmount) => {
    setHeld(next);
    onChange?.(next);
  };
  const refusal = typed.refusal && typed.refusal !== 'empty' ? t(`amount.${typed.refusal}`, { decimals: exponentOf(currency) }) : undefined;
  const words = inWords && typed.value ? amountInWords(typed.value) : '';
  const described = [aria['aria-describedby'], refusal && `${own}-refusal`].filter(Boolean).join(' ') || undefined;
  return (
    <span className="dw-amount-input">
      <Input
        {...(id ? { id } : {})}
        dir="ltr"
        inputMode="decimal"
        autoComplete="off"
        className="dw-amount dw-amount-field"
        disabled={disabled ?? false}
        autoFocus={autoFocus ?? false}
        status={refusal ? 'error' : ''}
        suffix={<bdi className="dw-currency">{t(`currency.${currency}`, { defaultValue: currency })}</bdi>}
        value={typed.text}
        aria-label={aria['aria-label']}
        aria-invalid={refusal !== undefined}
        aria-describedby={described}
        onChange={(event) => told(typedAmount(event.target.value, currency))}
        onBlur={() => typed.value && told({ text: moneyText(typed.value, family), value: typed.value })}
      />
      {refusal && <span id={`${own}-refusal`} className="dw-field-refusal" role="alert">{refusal}</span>}
      {words && <span className="dw-amount-words" lang="ar" dir="rtl">{words}</span>}
    </span>
  );
}
