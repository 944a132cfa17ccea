// What the eye would find too late, over all of src; scripts/rules.mjs says what.
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { codeFaults, screenFaults, styleFaults } from './rules.mjs';

const src = fileURLToPath(new URL('../src', import.meta.url));
const rules = [
  ['.css', styleFaults],
  ['.tsx', screenFaults],
  ['.ts', codeFaults],
];

let found = 0;
for (const entry of await readdir(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.parentPath.includes('generated') || /\.test\.tsx?$/.test(entry.name)) continue;
  const rule = rules.find(([ending]) => entry.name.endsWith(ending));
  if (!rule) continue;
  const path = join(entry.parentPath, entry.name);
  const text = await readFile(path, 'utf8');
  for (const { at, what } of rule[1](text)) {
    found += 1;
    console.error(`${relative(src, path)}:${text.slice(0, at).split('\n').length}: ${what}`);
  }
}
if (found > 0) process.exit(1);
console.log('styles, values and forms keep the rules');
