type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/**
 * A copy of a value with one field set, named as a clash names it: lines.7.amount. Rows of a list are found by their id;
 * a field whose text is empty is taken out. The text is JSON.
 */
export function putAt<Value>(value: Value, path: string, text: string): Value {
  return put(value as Json, path.split('.'), text === '' ? undefined : (JSON.parse(text) as Json)) as Value;
}

function put(value: Json, names: string[], to: Json | undefined): Json {
  const [name, ...below] = names as [string, ...string[]];
  if (Array.isArray(value)) {
    const at = value.findIndex((row) => idOf(row) === name);
    const row = below.length > 0 ? put(at < 0 ? { id: name } : value[at]!, below, to) : to;
    if (row === undefined) return value.filter((_, index) => index !== at);
    return at < 0 ? [...value, row] : value.map((old, index) => (index === at ? row : old));
  }
  const fields = typeof value === 'object' && value !== null ? { ...value } : {};
  const next = below.length > 0 ? put(fields[name] ?? {}, below, to) : to;
  if (next === undefined) delete fields[name];
  else fields[name] = next;
  return fields;
}

const idOf = (row: Json): string | undefined => (typeof row === 'object' && row !== null && !Array.isArray(row) && typeof row['id'] === 'string' ? row['id'] : undefined);

/** A field's JSON as a person reads it. */
export function readable(text: string): string {
  if (text === '') return '';
  const value = JSON.parse(text) as Json;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : text;
}
