// The staff app on the real program: sign-in, execution, drill, language, theme, digits, trial balance, ledger, vouchers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { amounts, axeFaults, desktop, findBrowser, openBrowser, phone, pictureFolder, sideways, signIn, sitDown } from './browser.mjs';
import { absent, password, startDiwan } from './diwan.mjs';
import { patternPages } from './patterns.mjs';
import { preparing } from './preparation.mjs';
import { closingTheYear } from './yearend.mjs';
import { spendingPath } from './spending.mjs';
import { treasury } from './treasury.mjs';
import { writing } from './writing.mjs';

const executable = await findBrowser();
const reason = (await absent()) ?? (executable ? undefined : 'no Chromium here: apt-get install chromium');
if (reason) console.log(`not run: ${reason}`);
const options = reason ? { skip: reason } : { timeout: 600_000 };

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
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0n);
const rows = (page) => page.locator('.dw-execution > tbody > tr:has(> th)');

async function atDesk(person, settings = {}, to = '/finance/execution') {
  const desk = await sitDown(browser, diwan.address, settings);
  await signIn(desk.page, person, to);
  return desk;
}

test('the door refuses in one sentence and keeps what was typed', options, async () => {
  const { page, context } = await sitDown(browser, diwan.address);
  await page.goto('/');
  await page.locator('input[type=password]').waitFor();
  await page.goto('/finance/trial-balance');
  assert.deepEqual(await axeFaults(page), []);
  await page.locator('input[autocomplete=username]').fill('huda');
  await page.locator('input[type=password]').fill('something else');
  await page.keyboard.press('Enter');
  const refusal = page.getByRole('alert').filter({ hasText: 'لا يطابق' });
  await refusal.waitFor();
  assert.equal(await page.locator('input[autocomplete=username]').inputValue(), 'huda');
  await picture(page, 'sign-in-refused-1440');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('#content h1').waitFor();
  assert.match(page.url(), /\/finance\/trial-balance/, 'signing in leads to the page that was asked for');
  await context.close();
});

test('the execution report adds up, and drills in place to what holds the money', options, async () => {
  const { page, context, wrong } = await atDesk('huda');
  await rows(page).first().waitFor();
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  assert.match(await page.locator('.dw-chip').first().innerText(), /#[\d,]+/);

  const total = await amounts(page.locator('.dw-execution > tfoot > tr'));
  const each = await Promise.all((await rows(page).all()).map(amounts));
  if ((await page.getByRole('button', { name: 'متابعة القائمة' }).count()) === 0) {
    for (const column of total.keys()) assert.equal(sum(each.map((row) => row[column])), total[column], `column ${column} adds up to its total`);
  }

  // By keys alone: one tab stop, down, then inwards as seen (to the left in Arabic), to the documents of one line.
  const stops = page.locator('[data-path]');
  assert.equal(await page.locator('[data-path][tabindex="0"]').count(), 1, 'one tab stop for the table');
  await stops.first().focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.dw-execution > tbody > tr:has(> th[style*="--depth: 1"])').first().waitFor();
  const inner = await Promise.all((await page.locator('.dw-execution > tbody > tr:has(> th[style*="--depth: 1"])').all()).map(amounts));
  const parent = await amounts(rows(page).first());
  for (const column of parent.keys()) assert.equal(sum(inner.map((row) => row[column])), parent[column], `the items add up to their programme in column ${column}`);
  for (let depth = 1; depth <= 3 && (await page.locator('.dw-holds').count()) === 0; depth += 1) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.locator(`.dw-holds, .dw-execution > tbody > tr:has(> th[style*="--depth: ${depth + 1}"])`).first().waitFor();
  }
  await page.locator('.dw-holds h2').waitFor();
  await page.locator('.dw-holds p').last().waitFor();
  await picture(page, 'budget-light-1440');
  assert.deepEqual(await axeFaults(page), []);
  assert.equal(await sideways(page), 0);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('language, theme and digits change at once and lose nothing', options, async () => {
  const { page, context } = await atDesk('huda');
  await rows(page).first().waitFor();
  await page.locator('[data-path]').first().click();
  await page.locator('.dw-execution > tbody > tr:has(> th[style*="--depth: 1"])').first().waitFor();
  const open = await rows(page).count();
  const before = await amounts(page.locator('.dw-execution > tfoot > tr'));
  await page.evaluate(() => { window.stayed = true; });
  const edges = () => page.locator('.dw-execution td.dw-amount:nth-of-type(1) bdi').evaluateAll((cells) => [...new Set(cells.map((cell) => Math.round(cell.getBoundingClientRect().right * 4) / 4))]);
  assert.deepEqual((await edges()).slice(1), [], 'amounts end at one edge in Arabic');

  await page.keyboard.press('Alt+Shift+KeyL');
  await page.getByRole('heading', { level: 1, name: 'Budget execution' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('dir'), 'ltr');
  assert.equal(await page.evaluate(() => window.stayed), true, 'no reload');
  assert.equal(await rows(page).count(), open, 'what was open stays open');
  assert.deepEqual((await edges()).slice(1), [], 'amounts end at one edge in English');
  await picture(page, 'budget-english-1440');
  assert.deepEqual(await axeFaults(page), []);
  await page.keyboard.press('Alt+Shift+KeyL');
  await page.getByRole('heading', { level: 1, name: /^تنفيذ الموازنة/ }).waitFor();

  await page.locator('.dw-user').click();
  const choose = async (word) => page.locator('.ant-popover').getByText(word, { exact: true }).click();
  for (const [word, mode] of [['داكن', 'dark'], ['تباين عالٍ', 'contrast']]) {
    await choose(word);
    await page.locator(`html[data-theme=${mode}]`).waitFor();
    if (mode === 'dark') assert.deepEqual(await axeFaults(page), [], 'the preferences, open');
    await page.keyboard.press('Escape');
    await page.locator('.ant-popover').waitFor({ state: 'hidden' });
    await picture(page, `budget-${mode}-1440`);
    assert.deepEqual(await axeFaults(page), [], mode);
    await page.locator('.dw-user').click();
  }
  await choose('فاتح');
  await choose('٠١٢');
  await page.locator('html[data-digits=arabic]').waitFor();
  await page.keyboard.press('Escape');
  assert.match(await page.locator('.dw-execution > tfoot').innerText(), /[٠-٩]٬[٠-٩]{3}/);
  assert.deepEqual(await amounts(page.locator('.dw-execution > tfoot > tr')), before, 'the same amounts in the other digits');
  await picture(page, 'budget-arabic-digits-1440');
  await page.getByText('ألف', { exact: true }).click();
  await page.getByText('المبالغ بآلاف الدنانير').waitFor();
  await page.reload();
  await rows(page).first().waitFor();
  assert.equal(await page.locator('html').getAttribute('data-digits'), 'arabic', 'choices are kept on the device');
  await context.close();
});

test('the trial balance balances and leads to the ledger of an account', options, async () => {
  const { page, context, wrong } = await atDesk('mazen', {}, '/finance/trial-balance');
  const table = page.locator('main .dw-sheet').first().locator('table');
  await table.locator('tfoot').waitFor();
  const [debit, credit] = await amounts(table.locator('tfoot tr'));
  assert.equal(debit, credit);
  assert.ok(debit > 0n, 'the demo has posted entries');
  const each = await Promise.all((await table.locator('tbody tr').all()).map(amounts));
  assert.equal(sum(each.map((row) => row[1])), debit);
  assert.equal(sum(each.map((row) => row[2])), credit);
  await page.locator('#budget-ledger').waitFor();
  const net = await amounts(page.locator('.dw-memo tfoot tr'));
  assert.deepEqual(net, [0n], 'the budget ledger nets to zero');
  await picture(page, 'trial-balance-light-1440');
  assert.deepEqual(await axeFaults(page), []);

  await table.locator('tbody a').first().click();
  await page.locator('main table tbody tr').first().waitFor();
  await page.getByRole('heading', { level: 1, name: /دفتر الأستاذ/ }).waitFor();
  await picture(page, 'ledger-light-1440');
  assert.deepEqual(await axeFaults(page), []);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the reader of the Audit Bureau is offered no act', options, async () => {
  const { page, context } = await atDesk('nour', {}, '/finance/vouchers?state=all');
  await page.locator('.dw-work-body [role=row]').first().waitFor();
  await page.locator('.dw-work-body a').first().click();
  await page.locator('.dw-timeline li').first().waitFor();
  assert.equal(await page.locator('.dw-acts').count(), 0);
  await context.close();
});

test('without the network the figures stay, and the way back is one press', options, async () => {
  const { page, context } = await atDesk('huda');
  await rows(page).first().waitFor();
  const figures = await page.locator('.dw-execution > tfoot').innerText();
  await context.setOffline(true);
  await page.locator('[data-path]').first().click();
  await page.locator('.dw-execution').getByRole('button', { name: 'إعادة القراءة' }).waitFor();
  assert.equal(await page.locator('.dw-execution > tfoot').innerText(), figures);
  await context.setOffline(false);
  await page.locator('.dw-execution').getByRole('button', { name: 'إعادة القراءة' }).click();
  await page.locator('.dw-execution > tbody > tr:has(> th[style*="--depth: 1"])').first().waitFor();
  await context.close();
});

for (const mode of ['light', 'dark']) {
  test(`on a phone, ${mode}: cards, tabs below, nothing to the side`, options, async () => {
    const { page, context, wrong } = await atDesk('huda', { size: phone, choices: { theme: mode } });
    await page.locator('.dw-card').first().waitFor();
    await picture(page, `budget-${mode}-390`);
    assert.deepEqual(await axeFaults(page), []);
    assert.equal(await sideways(page), 0);
    const heights = await page.locator('.dw-tab').evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().height));
    assert.ok(heights.length === 5 && heights.every((height) => height >= 44), 'five touch targets');

    await page.locator('.dw-card-head').first().tap();
    await page.locator('.dw-card .dw-card .dw-card-head').first().waitFor();
    for (let depth = 0; depth < 3 && (await page.locator('.dw-holds').count()) === 0; depth += 1) {
      await page.locator('.dw-card .dw-card .dw-card-head[aria-expanded=false]').first().tap();
      await page.locator('.dw-holds, .dw-card .dw-card .dw-card').first().waitFor();
    }
    await page.locator('.dw-holds').first().scrollIntoViewIfNeeded();
    await picture(page, `budget-opened-${mode}-390`);
    assert.equal(await sideways(page), 0);
    await page.locator('a.dw-tab[href="/me"]').tap();
    await page.locator('.dw-me').waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await picture(page, `me-${mode}-390`);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test('at 320 px, which is 400 % of 1280, only tables scroll sideways', options, async () => {
  const { page, context } = await atDesk('huda', { size: { ...desktop, width: 320, height: 640 } });
  await page.locator('.dw-card').first().waitFor();
  for (const to of ['/finance/execution', '/finance/trial-balance', '/finance/vouchers?state=all', '/finance/reservations/new', '/finance/journals', '/finance', '/modules', '/me']) {
    await page.goto(to);
    await page.locator('#content h1').waitFor();
    assert.equal(await sideways(page), 0, to);
  }
  await context.close();
});

spendingPath({ options, diwan: () => diwan, browser: () => browser, picture });
treasury({ options, diwan: () => diwan, browser: () => browser, picture });
patternPages({ options, diwan: () => diwan, browser: () => browser, picture });
closingTheYear({ options, diwan: () => diwan, browser: () => browser, picture });
preparing({ options, diwan: () => diwan, browser: () => browser, picture });
writing({ options, diwan: () => diwan, browser: () => browser, picture });
