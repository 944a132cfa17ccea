// Writes src/generated/graph.ts: the types of our documents (src/**/*.graphql) against the server's own schema.
// With --check it writes nothing and fails when the file is older than the schema or the documents.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import * as documents from '@graphql-codegen/typed-document-node';
import { buildASTSchema, concatAST, parse, Source, validate } from 'graphql';

const web = fileURLToPath(new URL('..', import.meta.url));
const target = join(web, 'src/generated/graph.ts');

async function files(folder, ending) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile() && e.name.endsWith(ending)).map((e) => join(e.parentPath, e.name)).sort();
}

async function parsed(paths) {
  return Promise.all(paths.map(async (path) => ({ location: relative(web, path), document: parse(new Source(await readFile(path, 'utf8'), path)) })));
}

const root = join(web, '..');
const schema = concatAST((await parsed([...(await files(join(root, 'graph'), '.graphqls')), ...(await files(join(root, 'modules'), '.graphqls'))])).map((f) => f.document));
const asked = await parsed(await files(join(web, 'src'), '.graphql'));

const problems = validate(buildASTSchema(schema, { assumeValid: true }), concatAST(asked.map((f) => f.document)));
if (problems.length > 0) {
  for (const problem of problems) console.error(problem.toString());
  process.exit(1);
}

const scalars = Object.fromEntries(['Date', 'Time', 'Position', 'Long', 'UUID', 'Amount'].map((name) => [name, 'string']));
const written = await codegen({
  schema,
  documents: asked,
  filename: target,
  plugins: [{ head: {} }, { operations: {} }, { documents: {} }],
  pluginMap: {
    head: { plugin: () => '// Written by scripts/generate.mjs from the schema and the .graphql documents; not edited.\n/* eslint-disable */' },
    operations,
    documents,
  },
  config: { scalars, strictScalars: true, enumsAsTypes: true, useTypeImports: true, skipTypename: true, avoidOptionals: { field: true }, documentMode: 'documentNode', onlyOperationTypes: true },
});

if (process.argv.includes('--check')) {
  const kept = await readFile(target, 'utf8').catch(() => '');
  if (kept !== written) {
    console.error('src/generated/graph.ts is older than the schema or the documents: npm run generate');
    process.exit(1);
  }
} else {
  await writeFile(target, written);
  console.log(`src/generated/graph.ts: ${asked.length} document files`);
}
