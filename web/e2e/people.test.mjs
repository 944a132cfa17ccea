// Who may do what, and the directory, on the real program: the administrator, the controller, an officer on leave.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { axeFaults, findBrowser, long, openBrowser, phone, pictureFolder, sideways, signIn, sitDown } from './browser.mjs';
import { absent, startDiwan } from './diwan.mjs';
import { wordsOf } from './words.mjs';

const executable = await findBrowser();
const reason = (await absent()) ?? (executable ? undefined : 'no Chromium here: apt-get install chromium');
if (reason) console.log(`not run: ${reason}`);
const options = reason ? { skip: reason } : { timeout: 600_000 };
const gated = long(options);

let diwan, browser, pictures;

before(async () => {
  if (gated.skip) return;
  pictures = await pictureFolder();
  console.log(`pictures: ${pictures}`);
  diwan = await startDiwan();
  browser = await openBrowser(executable);
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  await diwan?.stop();
});

const t = wordsOf('ar');

async function atDesk(person, to, settings = {}) {
  const desk = await sitDown(browser, diwan.address, settings);
  await signIn(desk.page, person, to);
  return desk;
}

/** A screen that was looked at: its picture, no fault of axe, nothing beyond its edge. */
async function seen(page, name) {
  await page.screenshot({ path: join(pictures, `people-${name}.png`) });
  assert.deepEqual(await axeFaults(page), [], name);
  assert.equal(await sideways(page), 0, `${name} scrolls sideways`);
}

const press = (scope, key) => scope.getByRole('button', { name: t(key), exact: true }).last().click();

/** A choice that looks for what is typed. */
async function choose(page, id, typed, text = typed) {
  await page.locator(`#${id.replace('.', '\\.')}`).click();
  await page.keyboard.type(typed);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first().click();
}

test('the administrator registers a person, grants a role, sees what it gives and why, and takes it away', gated, async () => {
  const { page, context, wrong } = await atDesk('ahmad', '/administration/people');
  await page.locator('.dw-work-body [role=row]').first().waitFor();
  await seen(page, 'list-ar-1440');
  await press(page, 'access.act.register');
  const dialog = page.getByRole('dialog');
  await dialog.locator('#ask-person').fill('Maha');
  await dialog.locator('[id="ask-name.ar"]').fill('مها سالم');
  await dialog.getByRole('button', { name: t('access.act.register') }).last().click();
  await dialog.locator('.dw-field-refusal').first().waitFor();
  assert.match(await dialog.locator('.dw-field-refusal').first().innerText(), /أحرف لاتينية/, 'the refusal stands at its field');
  await dialog.locator('#ask-person').fill('maha');
  await dialog.getByRole('button', { name: t('access.act.register') }).last().click();
  await page.waitForURL(/\/administration\/people\/maha/);
  await page.getByRole('heading', { level: 1, name: 'مها سالم' }).waitFor();

  await press(page, 'access.act.grant');
  await choose(page, 'ask-role', 'محاسب', /^محاسب$/);
  await choose(page, 'ask-unit', 'الأشغال', 'وزارة الأشغال');
  await seen(page, 'grant-ar-1440');
  await page.getByRole('dialog').getByRole('button', { name: t('access.act.grant') }).last().click();
  await page.locator('#part-roles ~ * tbody tr, section[aria-labelledby=part-roles] tbody tr').first().waitFor();
  await page.locator('.dw-timeline li', { hasText: 'منح دور' }).waitFor();
  await seen(page, 'person-ar-1440');

  // A role that may not meet the first one is refused with the rule, and nothing typed is lost.
  await press(page, 'access.act.grant');
  await choose(page, 'ask-role', 'مدقق داخلي');
  await choose(page, 'ask-unit', 'الأشغال', 'وزارة الأشغال');
  await page.getByRole('dialog').getByRole('button', { name: t('access.act.grant') }).last().click();
  await page.getByRole('dialog').locator('.dw-refusal', { hasText: 'لا يجتمع' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: t('access.whatSees') }).click();
  await page.locator('.dw-sentence', { hasText: 'مها سالم' }).waitFor();
  await page.locator('tbody tr', { hasText: 'بالدور «محاسب»' }).first().waitFor();
  assert.ok((await page.locator('tbody tr', { hasText: t('access.simulator.no') }).count()) > 5, 'what is not allowed is answered too');
  await seen(page, 'simulator-ar-1440');
  await page.goBack();

  await page.locator('section[aria-labelledby=part-roles]').getByRole('button', { name: t('access.act.revoke') }).click();
  await page.getByRole('dialog').locator('#ask-reason').fill('انتقلت إلى وزارة أخرى');
  await page.getByRole('dialog').getByRole('button', { name: t('access.act.revoke') }).last().click();
  await page.locator('section[aria-labelledby=part-roles] tbody', { hasText: t('access.over') }).waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test('roles are read in the office’s words, and the simulator answers for a post that is only supposed', gated, async () => {
  const { page, context, wrong } = await atDesk('ahmad', '/administration/roles', { choices: { language: 'en' } });
  await page.locator('.dw-work-body [role=row]').first().waitFor();
  await seen(page, 'roles-en-1440');
  await page.getByRole('link', { name: 'Finance manager' }).first().click();
  await page.locator('.dw-acts-list li').first().waitFor();
  await seen(page, 'role-en-1440');
  await page.goto('/administration/rights?roles=preparer%20auditor&unit=mpwh');
  await page.locator('.dw-sentence .dw-tag', { hasText: 'may not meet' }).waitFor();
  await seen(page, 'simulator-roles-en-1440');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the emergency way in reaches the inbox of whoever watches, who answers it', gated, async () => {
  const sara = await atDesk('sara', '/administration/emergencies');
  await press(sara.page, 'access.act.ask');
  await choose(sara.page, 'ask-unit', 'الأشغال', 'وزارة الأشغال');
  await sara.page.locator('#ask-reason').fill('عطل في مستودع الطوارئ ليلاً');
  await seen(sara.page, 'emergency-ask-ar-1440');
  await sara.page.getByRole('dialog').getByRole('button', { name: t('access.act.ask') }).last().click();
  await sara.page.waitForURL(/emergencies\/[0-9a-f-]{36}/);
  await sara.page.locator('.dw-heading .dw-tag', { hasText: 'مفتوح' }).waitFor();

  const rima = await atDesk('rima', '/inbox');
  await rima.page.locator('.dw-item', { hasText: 'اطلاع طارئ' }).first().waitFor();
  await seen(rima.page, 'emergency-inbox-ar-1440');
  await rima.page.keyboard.press('Enter');
  await rima.page.waitForURL(/emergencies\/[0-9a-f-]{36}/);
  await press(rima.page, 'access.act.object');
  await rima.page.getByRole('dialog').locator('textarea').fill('لا عطل مسجلاً تلك الليلة');
  await rima.page.getByRole('dialog').getByRole('button', { name: t('access.act.object') }).last().click();
  await rima.page.locator('.dw-heading .dw-tag', { hasText: 'اعتُرض' }).waitFor();
  await seen(rima.page, 'emergency-ar-1440');
  assert.deepEqual([...sara.wrong, ...rima.wrong], []);
  await sara.context.close();
  await rima.context.close();
});

test('an officer hands over what is hers for some days, and takes it back', gated, async () => {
  const { page, context, wrong } = await atDesk('samar', '/me/rights', { size: phone });
  await press(page, 'access.act.delegate');
  await choose(page, 'ask-delegate', 'سارة');
  for (const [type, value] of [['day', '31'], ['month', '12'], ['year', '2027']]) {
    await page.locator(`.dw-date-input:has(input[name="ask-to"]) [data-type="${type}"]`).click();
    await page.keyboard.type(value);
  }
  await page.locator('#ask-reason').fill('إجازة');
  await page.getByRole('dialog').getByRole('button', { name: t('access.act.delegate') }).last().click();
  await page.locator('section[aria-labelledby=part-given] tbody', { hasText: 'سارة' }).waitFor();
  await seen(page, 'mine-ar-390');
  await page.locator('section[aria-labelledby=part-given]').getByRole('button', { name: t('access.act.withdraw') }).click();
  await page.getByRole('dialog').locator('#ask-reason').fill('عادت');
  await page.getByRole('dialog').getByRole('button', { name: t('access.act.withdraw') }).last().click();
  await page.locator('section[aria-labelledby=part-given] tbody', { hasText: t('access.over') }).waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the tree of the government is walked by keys, a unit tells its history, and the palette leads there', gated, async () => {
  const { page, context, wrong } = await atDesk('dima', '/administration/bodies');
  const items = page.getByRole('treeitem');
  await items.nth(3).waitFor();
  assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1, 'one tab stop for the tree');
  await items.first().focus();
  await page.keyboard.press('ArrowDown');
  const name = await page.locator('[role=treeitem]:focus a').innerText();
  const before = await items.count();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((count) => document.querySelectorAll('[role=treeitem]').length > count, before);
  await seen(page, 'tree-ar-1440');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.locator('section[aria-labelledby=part-history] tbody tr').first().waitFor();
  await seen(page, 'unit-ar-1440');

  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox', { name: t('palette.box') }).fill('@الأشغال');
  await page.locator('.dw-palette-option', { hasText: 'وزارة الأشغال' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/administration\/(bodies|posts|people)\//);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('terms with their votes, code lists with their versions, the calendar in both calendars', gated, async () => {
  const { page, context, wrong } = await atDesk('dima', '/administration/terms');
  await page.locator('.dw-work-body [role=row]').first().waitFor();
  await seen(page, 'terms-ar-1440');
  await page.getByRole('link', { name: 'التزام', exact: true }).click();
  await page.locator('.dw-votes').waitFor();
  await seen(page, 'term-ar-1440');
  await page.goto('/administration/lists/currency');
  await page.locator('tbody tr', { hasText: 'JOD' }).waitFor();
  await seen(page, 'list-currency-ar-1440');
  await page.goto('/administration/calendar?during=2026');
  await page.locator('tbody tr', { hasText: 'عيد الاستقلال' }).waitFor();
  assert.match(await page.locator('tbody tr', { hasText: 'عيد الاستقلال' }).innerText(), /25 أيار 2026.*1447/s, 'Hijri beside Gregorian');
  await seen(page, 'calendar-ar-1440');
  assert.deepEqual(wrong, []);
  await context.close();
  for (const [to, name, wait] of [['/administration/bodies', 'tree', '[role=treeitem]'], ['/administration/terms', 'terms', '.dw-work-card'], ['/administration/calendar?during=2026', 'calendar', 'tbody tr']]) {
    const small = await atDesk('dima', to, { size: phone, choices: { language: 'en', theme: 'dark' } });
    await small.page.locator(wait).first().waitFor();
    await seen(small.page, `${name}-en-dark-390`);
    assert.deepEqual(small.wrong, []);
    await small.context.close();
  }
});
