import { text } from './scope-search';

/** A list of documents as its address carries it: conditions, order and gathering. */
export interface ListSearch {
  state?: string;
  payee?: string;
  find?: string;
  sort?: string;
  group?: string;
}

const parts = ['state', 'payee', 'find', 'sort', 'group'] as const;

export function listSearch(search: Record<string, unknown>): ListSearch {
  return Object.fromEntries(parts.flatMap((part) => {
    const value = text(search[part]);
    return value === undefined ? [] : [[part, value]];
  })) as ListSearch;
}
