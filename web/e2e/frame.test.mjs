// The frame around every page: another time, long work, what others do meanwhile, the administrator's pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { amounts, axeFaults, findBrowser, long, openBrowser, phone, pictureFolder, sideways, signIn, sitDown } from './browser.mjs';
import { absent, startDiwan } from './diwan.mjs';
import { wordsOf } from './words.mjs';

const executable = await findBrowser();
const reason = (await absent()) ?? (executable ? undefined : 'no Chromium here: apt-get install chromium');
if (reason) console.log(`not run: ${reason}`);
const options = reason ? { skip: reason } : { timeout: 300_000 };

let diwan, browser, pictures;

before(async () => {
  if (reason) return;
  pictures = await pictureFolder();
  diwan = await startDiwan();
  browser = await openBrowser(executable);
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  await diwan?.stop();
});

const picture = (page, name) => page.screenshot({ path: join(pictures, `frame-${name}.png`) });
const ar = wordsOf('ar');
const en = wordsOf('en');
const total = (page) => amounts(page.locator('.dw-execution > tfoot > tr'));

/** A place in the log at which something was known already, and not all of it. */
async function earlier(page) {
  const shown = await page.locator('.dw-chip b').first().innerText();
  return String((BigInt(shown.replace(/[^0-9]/g, '')) * 9n) / 10n);
}
const grouped = (place) => `#${BigInt(place).toLocaleString('en-US')}`;

async function atDesk(person, settings = {}, to = '/finance/execution') {
  const desk = await sitDown(browser, diwan.address, settings);
  await signIn(desk.page, person, to);
  return desk;
}

test('another time: chosen by keys, kept in the address, acts gone, and back', options, async () => {
  const { page, context, wrong } = await atDesk('huda');
  await page.locator('.dw-execution > tfoot').waitFor();
  const now = await total(page);
  const place = await earlier(page);
  await page.keyboard.press('KeyT');
  const panel = page.locator('.dw-then-panel');
  await panel.waitFor();
  await picture(page, 'as-of-panel-ar-1440');
  assert.deepEqual(await axeFaults(page), []);
  await panel.getByLabel(ar('asOf.knownAt')).fill(place);
  await page.keyboard.press('Enter');
  await page.locator('.dw-band-then').waitFor();
  await page.locator('.dw-chip', { hasText: grouped(place) }).waitFor();
  await page.locator('.dw-execution > tfoot').waitFor();
  assert.match(page.url(), new RegExp(`knownAt=${place}`));
  assert.notDeepEqual(await total(page), now, 'less was known then');
  assert.equal(await page.getByRole('button', { name: ar('reservations.new') }).count(), 0, 'no act in another time');
  await picture(page, 'as-of-ar-1440');
  assert.deepEqual(await axeFaults(page), []);
  assert.equal(await sideways(page), 0);

  await page.reload();
  await page.locator('.dw-band-then').waitFor();
  await page.keyboard.press('Shift+KeyT');
  await page.locator('.dw-band-then').waitFor({ state: 'detached' });
  await page.locator('.dw-execution > tfoot').waitFor();
  assert.deepEqual(await total(page), now);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the trial balance and a ledger of another time, in English', long(options), async () => {
  const { page, context, wrong } = await atDesk('mazen', { choices: { language: 'en' } }, '/finance/trial-balance?trueOn=2026-03-31');
  const table = page.locator('main .dw-sheet').first().locator('table');
  await table.locator('tfoot').waitFor();
  const [debit, credit] = await amounts(table.locator('tfoot tr'));
  assert.equal(debit, credit);
  await picture(page, 'trial-as-of-en-1440');
  assert.deepEqual(await axeFaults(page), []);
  await table.locator('tbody a').first().click();
  await page.getByRole('heading', { level: 1, name: /Ledger/ }).waitFor();
  await page.locator('.dw-band-then').waitFor();
  assert.match(page.url(), /trueOn=2026-03-31/);
  await picture(page, 'ledger-as-of-en-1440');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('what is seen is saved, and the job survives a reload', long(options), async () => {
  const { page, context, wrong } = await atDesk('huda');
  await page.locator('.dw-execution > tfoot').waitFor();
  const place = await earlier(page);
  await page.goto(`/finance/execution?knownAt=${place}`);
  await page.locator('.dw-chip', { hasText: grouped(place) }).waitFor();
  await page.locator('.dw-execution > tfoot').waitFor();
  await page.getByRole('button', { name: ar('export.title') }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: ar('export.csvMark') }).click()]);
  const text = await readFile(await download.path());
  assert.deepEqual([...text.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'the mark Excel needs');
  const lines = text.toString('utf8').trim().split(/\r?\n/);
  assert.equal(lines.length - 1, await page.locator('.dw-execution > tbody > tr:has(> th)').count(), 'the rows on screen and no other');
  await page.reload();
  await page.locator('.dw-execution > tfoot').waitFor();
  await page.getByRole('button', { name: new RegExp(ar('jobs.title')) }).click();
  await page.locator('.dw-job').first().waitFor();
  await picture(page, 'tray-ar-1440');
  assert.deepEqual(await axeFaults(page), []);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('a document that another changes says so, and the inbox follows', long(options), async () => {
  const auditor = await atDesk('omar', {}, '/finance/vouchers?state=audit');
  await auditor.page.locator('.dw-work-body a').first().click();
  await auditor.page.locator('.dw-timeline li').first().waitFor();
  const looker = await atDesk('samar', {}, new URL(auditor.page.url()).pathname);
  await looker.page.locator('.dw-timeline li').first().waitFor();
  const happened = await looker.page.locator('.dw-timeline li').count();
  await auditor.page.keyboard.press('Control+Enter');
  await looker.page.waitForFunction((count) => document.querySelectorAll('.dw-timeline li').length > count, happened);
  await looker.page.getByRole('button', { name: ar('live.seen') }).waitFor();
  await picture(looker.page, 'changed-by-another-ar-1440');
  assert.deepEqual(await axeFaults(looker.page), []);
  assert.deepEqual([...looker.wrong, ...auditor.wrong], []);
  await auditor.context.close();
  await looker.context.close();
});

test('health and policies, for the administrator alone', long(options), async () => {
  const { page, context, wrong } = await atDesk('ahmad', {}, '/administration/health');
  await page.locator('.dw-health table').first().waitFor();
  await picture(page, 'health-ar-1440');
  assert.deepEqual(await axeFaults(page), []);
  await page.goto('/administration/policies');
  await page.locator('.dw-health table').first().waitFor();
  await picture(page, 'policies-ar-1440');
  assert.deepEqual(await axeFaults(page), []);
  await page.goto('/administration/api');
  await page.locator('.graphiql-container').waitFor();
  await picture(page, 'api-1440');
  assert.deepEqual(wrong, []);
  await context.close();

  const other = await atDesk('huda', { choices: { language: 'en' } }, '/administration/api');
  await other.page.getByRole('heading', { level: 1, name: en('missing.title') }).waitFor();
  await other.context.close();
});

test('a budget file is tried, and each bad row told', long(options), async () => {
  const { page, context, wrong } = await atDesk('sami', {}, '/administration/imports');
  await page.locator('.dw-import').first().waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: 'budget.csv', mimeType: 'text/csv', buffer: Buffer.from('year,fund,chapter,programme,activity,item,source,amount\n2026,01,2501,4401,001,nonsense,001,12x\n') });
  await page.getByRole('button', { name: ar('imports.try') }).click();
  await page.locator('.dw-findings').waitFor();
  await page.locator('.dw-findings [role=status]').getByText(new RegExp(`${ar('jobs.status.DONE')}|${ar('jobs.status.FAILED')}`)).waitFor();
  await picture(page, 'import-ar-1440');
  assert.deepEqual(await axeFaults(page), []);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('on a phone the strip and the tray stand, nothing to the side', long(options), async () => {
  const { page, context } = await atDesk('huda', { size: phone, choices: { theme: 'dark' } });
  await page.locator('.dw-card').first().waitFor();
  await page.goto(`/finance/execution?knownAt=${await earlier(page)}`);
  await page.locator('.dw-band-then').waitFor();
  await page.locator('.dw-card').first().waitFor();
  await picture(page, 'as-of-ar-dark-390');
  assert.deepEqual(await axeFaults(page), []);
  assert.equal(await sideways(page), 0);
  await context.close();
});
