// The first screen's script, gzip: the entry, what it imports at once, and the execution page. Past the budget the build fails.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const budget = 450 * 1024;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8'));

const needed = new Set();
function need(name) {
  if (needed.has(name)) return;
  needed.add(name);
  (manifest[name].imports ?? []).forEach(need);
}
need('index.html');
need('src/finance/execution/ExecutionPage.tsx');

let total = 0;
for (const name of needed) {
  const size = gzipSync(await readFile(join(dist, manifest[name].file)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(7)} KB  ${manifest[name].file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  first screen, gzip (budget ${budget / 1024} KB)`);
if (total > budget) {
  console.error('The first screen is over its budget.');
  process.exit(1);
}
