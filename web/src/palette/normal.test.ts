import { expect, it } from 'vitest';
import { fit, normal } from './normal';

it('the spellings people type are one word', () => {
  expect(normal('الإدارةُ')).toBe(normal('الاداره'));
  expect(normal('مصطفى')).toBe(normal('مصطفي'));
  expect(normal('١١٨٧٤/٢٠٢٦')).toBe('11874/2026');
  expect(normal('مـــوازنة')).toBe(normal('موازنه'));
});

it('a beginning answers better than a part, and the article does not hide a word', () => {
  expect(fit('تنفيذ الموازنة', 'تنفيذ')).toBe(3);
  expect(fit('تنفيذ الموازنة', 'موازنه')).toBe(2);
  expect(fit('تنفيذ الموازنة', 'وازن')).toBe(1);
  expect(fit('تنفيذ الموازنة', 'مستند')).toBe(0);
  expect(fit('anything', '')).toBe(1);
});
