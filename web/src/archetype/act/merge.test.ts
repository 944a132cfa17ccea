import { describe, expect, it } from 'vitest';
import { contested, merged, type MergeField } from './merge';

const field = (name: string, was: string, theirs: string, yours: string): MergeField => ({ name, label: name, was, theirs, yours });
const fields = [field('narration', 'أ', 'أ', 'ب'), field('tax', '5', '6', '5'), field('retention', '10', '11', '12'), field('due', '1', '2', '2')];

describe('two people in one draft', () => {
  it('only decide about what both changed', () => {
    expect(contested(fields).map((one) => one.name)).toEqual(['retention']);
  });
  it('lose nothing: each keeps what they alone changed', () => {
    expect(merged(fields, {})).toEqual({ narration: 'ب', tax: '6', retention: '12', due: '2' });
    expect(merged(fields, { retention: 'theirs' })['retention']).toBe('11');
  });
});
