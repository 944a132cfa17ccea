import { expect, it } from 'vitest';
import { aimOf, groupsFor, type Option } from './options';

const option = (title: string): Option => ({ key: title, title, go: () => undefined });
const offered = {
  next: [option('تدقيق المستندات المنتظرة')],
  recent: [option('مستند صرف 11874/2026'), option('تنفيذ الموازنة')],
  pages: [option('تنفيذ الموازنة'), option('ميزان المراجعة')],
  acts: [option('حجز مبلغ'), option('تبديل اللغة')],
};
const shown = (typed: string, found: Option[] = []) => groupsFor(typed, offered, found).map((group) => [group.name, group.options.map((o) => o.title)]);

it('the first sign says what is asked for', () => {
  expect(aimOf(' > حجز')).toEqual({ aim: 'acts', words: 'حجز' });
  expect(aimOf('#11874')).toEqual({ aim: 'number', words: '11874' });
  expect(aimOf('@رنا')).toEqual({ aim: 'people', words: 'رنا' });
  expect(aimOf('وازرة')).toEqual({ aim: 'all', words: 'وازرة' });
});

it('with nothing typed: the usual next step, then what was visited, then the pages', () => {
  expect(shown('')).toEqual([
    ['next', ['تدقيق المستندات المنتظرة']],
    ['recent', ['مستند صرف 11874/2026', 'تنفيذ الموازنة']],
    ['pages', ['ميزان المراجعة']],
    ['acts', ['حجز مبلغ', 'تبديل اللغة']],
  ]);
});

it('words narrow every group, spelled as people spell', () => {
  expect(shown('موازنه')).toEqual([['pages', ['تنفيذ الموازنة']]]);
  expect(shown('>حجز')).toEqual([['acts', ['حجز مبلغ']]]);
});

it('numbers and persons are only searched for', () => {
  expect(shown('#11874', [option('مستند صرف 11874/2026')])).toEqual([['found', ['مستند صرف 11874/2026']]]);
  expect(shown('@رنا')).toEqual([]);
});
