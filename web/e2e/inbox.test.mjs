// The inbox as home, and the one search, on the real program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { axeFaults, desktop, findBrowser, openBrowser, phone, pictureFolder, sideways, signIn, sitDown } from './browser.mjs';
import { absent, startDiwan } from './diwan.mjs';

const executable = await findBrowser();
const reason = (await absent()) ?? (executable ? undefined : 'no Chromium here: apt-get install chromium');
if (reason) console.log(`not run: ${reason}`);
const options = reason ? { skip: reason } : { timeout: 300_000 };

let diwan, browser, pictures;

before(async () => {
  if (reason) return;
  pictures = await pictureFolder();
  console.log(`pictures: ${pictures}`);
  diwan = await startDiwan();
  browser = await openBrowser(executable);
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  await diwan?.stop();
});

const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`) });

async function atInbox(person, settings = {}, to = '/') {
  const desk = await sitDown(browser, diwan.address, settings);
  await signIn(desk.page, person, to);
  await desk.page.locator('.dw-item, .dw-state').first().waitFor();
  return desk;
}

test('the inbox is home: an auditor agrees by one key, and the row is gone', options, async () => {
  const { page, context, wrong } = await atInbox('omar');
  assert.match(page.url(), /\/inbox/);
  const rows = page.locator('.dw-item');
  await rows.first().waitFor();
  await page.locator('.dw-preview').waitFor();
  await page.locator('.dw-preview .dw-lines').waitFor({ state: 'detached' });
  await picture(page, 'inbox-light-1440');
  assert.deepEqual(await axeFaults(page), []);
  assert.equal(await sideways(page), 0);
  const before = await rows.count();
  const counted = await page.locator('.dw-spine .dw-counter').innerText();
  assert.match(counted, /\d/, 'the spine counts what waits');
  const first = await page.locator('.dw-item-current .dw-item-open').innerText();
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyK');
  assert.equal(await page.locator('.dw-item-current .dw-item-open').innerText(), first, 'down and up again');
  await page.keyboard.press('KeyA');
  await page.waitForFunction((count) => document.querySelectorAll('.dw-item').length < count || document.querySelector('.dw-item-result, .dw-state, .dw-refusal'), before);
  assert.equal(await page.locator('.dw-item-result').count(), 0, 'nothing was refused');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('what happened is told to those who had a hand in it, until it is read', options, async () => {
  const { page, context } = await atInbox('rana', {}, '/inbox?pile=READ');
  await page.locator('.dw-item').first().waitFor();
  await page.locator('.dw-bell .dw-counter').waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await picture(page, 'notices-light-1440');
  await page.getByRole('button', { name: 'تعليم الكل كمقروء' }).click();
  await page.getByRole('button', { name: 'تعليم الكل كمقروء' }).waitFor({ state: 'detached' });
  await context.close();
});

test('Ctrl+K by its place, on an Arabic keyboard, finds a document by another spelling', options, async () => {
  const { page, context, wrong } = await atInbox('huda');
  await page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'ن', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true })));
  await page.locator('dialog.dw-palette').waitFor();
  await page.keyboard.type('الصيانه');
  await page.locator('.dw-palette-option .dw-palette-why').first().waitFor();
  await picture(page, 'palette-light-1440');
  assert.deepEqual(await axeFaults(page), []);
  await page.keyboard.press('Escape');
  await page.locator('dialog.dw-palette').waitFor({ state: 'detached' });
  assert.deepEqual(wrong, []);
  await context.close();
});

for (const [name, settings] of [
  ['dark-1440', { choices: { theme: 'dark' } }],
  ['contrast-1440', { choices: { theme: 'contrast' } }],
  ['english-1440', { choices: { language: 'en' } }],
  ['light-390', { size: phone }],
  ['dark-390', { size: phone, choices: { theme: 'dark', language: 'en' } }],
  ['320', { size: { ...desktop, width: 320, height: 640 } }],
]) {
  test(`the inbox reads well: ${name}`, options, async () => {
    const { page, context, wrong } = await atInbox('huda', settings, '/inbox');
    await page.locator('.dw-preview .dw-lines').waitFor({ state: 'detached' });
    await picture(page, `inbox-${name}`);
    assert.deepEqual(await axeFaults(page), []);
    assert.equal(await sideways(page), 0);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}
