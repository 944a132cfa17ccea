// Two people wrote one draft: what it was, what theirs is now, what is typed here; merged field by field.

/** A field of a document as text: what is compared and shown. */
export interface MergeField {
  name: string;
  label: string;
  was: string;
  theirs: string;
  yours: string;
}

export type Choice = 'theirs' | 'yours';

/** Fields that need a decision: both sides changed them, and not to the same. */
export const contested = (fields: readonly MergeField[]): MergeField[] => fields.filter((field) => field.theirs !== field.was && field.yours !== field.was && field.theirs !== field.yours);

/** What each field becomes: whoever alone changed it is right; where both did, what was chosen, and yours until then. */
export function merged(fields: readonly MergeField[], chosen: Readonly<Record<string, Choice>>): Record<string, string> {
  return Object.fromEntries(fields.map((field) => {
    if (field.yours === field.was) return [field.name, field.theirs];
    if (field.theirs === field.was || field.theirs === field.yours) return [field.name, field.yours];
    return [field.name, chosen[field.name] === 'theirs' ? field.theirs : field.yours];
  }));
}
