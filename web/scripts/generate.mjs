// Writes src/generated/graph.ts: the types of our documents (src/**/*.graphql) against the server's own schema.
// Beside it operations.json, the text of every operation as the app sends it, which the server embeds, and hashes.ts,
// the SHA-256 of each text by the operation's name, which the app sends in its place.
// With --check it writes nothing and fails when a file is older than the schema or the documents.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import * as documents from '@graphql-codegen/typed-document-node';
import { createHash } from 'node:crypto';
import { formatDocument } from '@urql/core';
import { buildASTSchema, concatAST, Kind, parse, print, separateOperations, Source, validate } from 'graphql';

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
const schema = concatAST((await parsed([...(await files(join(root, 'graph'), '.graphqls')), ...(await files(join(root, 'modules'), '.graphqls')), ...(await files(join(root, 'projections'), '.graphqls')), ...(await files(join(root, 'desk'), '.graphqls'))])).map((f) => f.document));
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

// The cache asks for __typename everywhere, so that is part of the text.
const named = separateOperations(concatAST(asked.map((f) => f.document)));
const texts = Object.keys(named).sort().map((name) => [name, print(formatDocument(named[name]))]);
for (const { document } of asked) {
  for (const one of document.definitions) {
    if (one.kind === Kind.OPERATION_DEFINITION && !one.name) throw new Error('an operation has no name');
  }
}
const hashes = texts.map(([name, text]) => `  ${name}: '${createHash('sha256').update(text).digest('hex')}',\n`).join('');
const outputs = {
  'graph.ts': written,
  'operations.json': JSON.stringify(texts.map(([, text]) => text), null, 1) + '\n',
  'hashes.ts': `// Written by scripts/generate.mjs; not edited.\nexport const hashes: Readonly<Record<string, string>> = {\n${hashes}};\n`,
};

for (const [name, content] of Object.entries(outputs)) {
  const path = join(web, 'src/generated', name);
  if (!process.argv.includes('--check')) {
    await writeFile(path, content);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== content) {
    console.error(`src/generated/${name} is older than the schema or the documents: npm run generate`);
    process.exitCode = 1;
  }
}
if (!process.argv.includes('--check')) console.log(`src/generated: ${texts.length} operations of ${asked.length} document files`);
