// Starts the real program with its demo on a free port and a home of its own, and ends it again.
import { spawn } from 'node:child_process';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env['DIWAN_BINARY'] ?? fileURLToPath(new URL('../../bin/diwan', import.meta.url));

/** The demo people's password, as the README states it. */
export const password = 'diwan-demo-2026';

/** Why the program cannot be tried here, or nothing. */
export async function absent() {
  if (process.env['DIWAN_ADDRESS']) return undefined;
  return access(binary).then(() => undefined, () => 'bin/diwan is absent: make build');
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A running demo: DIWAN_ADDRESS names one that runs already, otherwise a fresh one is made. */
export async function startDiwan() {
  const known = process.env['DIWAN_ADDRESS'];
  if (known) return { address: known, stop: async () => {} };

  // Everybody may pass through the home: run by root, the private PostgreSQL is another user's.
  const home = await mkdtemp(join(tmpdir(), 'diwan-web-'));
  await chmod(home, 0o755);
  const env = { ...process.env, DIWAN_HOME: home, DIWAN_LISTEN: `127.0.0.1:${await freePort()}` };
  delete env['DIWAN_DATABASE_URL'];
  const program = spawn(binary, ['demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => program.once('exit', resolve));

  let said = '';
  const address = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const found = /https?:\/\/[\w.:[\]-]+/.exec(said);
      if (found) resolve(found[0]);
    };
    program.stdout.on('data', hear);
    program.stderr.on('data', hear);
    program.once('error', reject);
    ended.then((code) => reject(new Error(`bin/diwan demo ended with ${code} before it served:\n${said}`)));
  });
  await ready(address, () => said);

  return {
    address,
    stop: async () => {
      program.kill('SIGTERM');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Until /readyz answers; the demo seeds itself first. */
async function ready(address, said) {
  const last = Date.now() + 180_000;
  for (;;) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > last) throw new Error(`the demo is not ready after three minutes:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
