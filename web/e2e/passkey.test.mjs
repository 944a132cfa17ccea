// A passkey in a real browser: Chromium's virtual authenticator registers it on Diwan's own page, and
// then signs in with it without a name, and steps up for an approval.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFaults, findBrowser, openBrowser, sitDown } from './browser.mjs';
import { absent, password, startDiwan } from './diwan.mjs';

let diwan, browser, skip;

before(async () => {
  skip = await absent();
  const place = await findBrowser();
  if (!skip && !place) skip = 'no Chromium on this machine';
  if (skip) return;
  diwan = await startDiwan();
  browser = await openBrowser(place);
});

after(async () => {
  await browser?.close();
  await diwan?.stop();
});

// Browsers have no passkeys under an IP address; localhost is the same machine.
const address = () => diwan.address.replace('127.0.0.1', 'localhost');

/** A page whose browser has a security key in it, and what it can do with Diwan's addresses. */
async function withKey() {
  const { context, page, wrong } = await sitDown(browser, address());
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  const post = (path, body) =>
    page.evaluate(async ([to, what]) => {
      const answer = await fetch(to, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(what) });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : undefined };
    }, [path, body]);
  const get = (path) => page.evaluate(async (from) => (await fetch(from)).json(), path);
  const create = (options) =>
    page.evaluate(async ({ publicKey }) => {
      const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
      return made.toJSON();
    }, options);
  const assertion = (options) =>
    page.evaluate(async ({ publicKey }) => {
      const got = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      return got.toJSON();
    }, options);
  const verified = (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  return { context, page, wrong, post, get, create, assertion, verified };
}

test('a passkey registers, signs in without a name, and steps up', async (t) => {
  if (skip) return t.skip(skip);
  const { context, page, wrong, post, get, create, assertion, verified } = await withKey();
  assert.equal((await get('/sign-in/ways')).passkey, true);
  assert.equal((await post('/sign-in', { person: 'huda', password })).status, 204);

  const began = await post('/sign-in/passkeys', {});
  const made = await post('/sign-in/passkeys/finish', { ceremony: began.body.ceremony, label: 'مفتاح المكتب', credential: await create(began.body.options) });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  assert.equal(made.body.recovery_codes.length, 10);
  assert.deepEqual((await get('/sign-in/factors')).passkeys.map((key) => key.label), ['مفتاح المكتب']);

  assert.equal((await post('/sign-out', {})).status, 204);
  const asked = await post('/sign-in/passkey', {});
  const answer = await assertion(asked.body.options);
  assert.equal((await post('/sign-in/passkey/finish', { ceremony: asked.body.ceremony, credential: answer })).status, 204);
  assert.equal((await post('/sign-in/passkey/finish', { ceremony: asked.body.ceremony, credential: answer })).status, 401, 'an answer counts once');
  const session = await get('/sign-in/session');
  assert.deepEqual([session.person, session.level, session.approves, session.step_up_means[0]], ['huda', 3, true, 'passkey']);

  const step = await post('/sign-in/step-up/passkey', {});
  const stepped = await post('/sign-in/step-up', { ceremony: step.body.ceremony, credential: await assertion(step.body.options) });
  assert.deepEqual([stepped.status, stepped.body.approves], [200, true]);

  // Whoever only holds the key, without PIN or finger, gets nowhere: the browser itself refuses.
  await verified(false);
  const alone = await post('/sign-in/passkey', {});
  await assert.rejects(assertion(alone.body.options), /NotAllowedError/);
  await verified(true);

  // The password alone is now only the first step.
  await post('/sign-out', {});
  const first = await post('/sign-in', { person: 'huda', password });
  assert.deepEqual([first.status, first.body.next], [200, ['passkey', 'recovery_code']]);

  // The door itself: the second step after the password, a lost key, and the key alone.
  await page.goto('/');
  await page.locator('input[autocomplete=username]').fill('huda');
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'ضاع هاتفي أو مفتاحي' }).click();
  await page.locator('input[autocomplete=one-time-code]').waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await page.locator('input[autocomplete=one-time-code]').fill(made.body.recovery_codes[0]);
  await page.locator('button[type=submit]').click();
  await page.locator('#content h1').waitFor();
  await post('/sign-out', {});
  await page.goto('/');
  await page.getByRole('button', { name: 'الدخول بمفتاح مرور' }).click();
  await page.locator('#content h1').waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test('a one-time code that is wrong is told in words, and the page has no faults', async (t) => {
  if (skip) return t.skip(skip);
  const { context, page } = await sitDown(browser, address());
  await page.goto('/welcome');
  await page.locator('input[autocomplete=one-time-code]').fill('BCDFG-HJKMN-PQRST');
  await page.locator('input[autocomplete=new-password]').fill('أربع كلمات سهلة للحفظ');
  assert.deepEqual(await axeFaults(page), []);
  await page.locator('button[type=submit]').click();
  await page.getByRole('alert').filter({ hasText: 'رمز المرة الواحدة غير صحيح' }).waitFor();
  await context.close();
});
