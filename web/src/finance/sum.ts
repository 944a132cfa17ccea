import { fromMinor, minorUnits, type MoneyValue } from '../value/money';
import { currency } from './use-form';

/** The exact sum of amounts of one currency. */
export const sumMoney = (amounts: readonly MoneyValue[]): MoneyValue =>
  fromMinor(amounts.reduce((sum, amount) => sum + minorUnits(amount), 0n), amounts[0]?.currency ?? currency);
