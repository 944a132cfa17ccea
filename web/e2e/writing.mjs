// What happens while something is being written: a table pasted from a spreadsheet, two screens on one draft, the network gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFaults, long, signIn, sitDown } from './browser.mjs';

const to = '/finance/journals/new';

export function writing({ options, diwan, browser, picture }) {
  const drop = (page) => Promise.all([page.waitForResponse(/\/graphql/), page.getByRole('button', { name: 'ترك المسودة' }).click()]);
  const kept = (page) => page.locator('.dw-kept .lucide-cloud-check').waitFor();

  test('a table from a spreadsheet is pasted with its Arabic digits, and what cannot stand is shown first', long(options), async () => {
    const { page, context, wrong } = await sitDown(browser(), diwan().address);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await signIn(page, 'mazen', to);
    await page.locator('[data-place="0.0"]').waitFor();
    const paste = async (text) => {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await page.locator('[data-place="0.0"]').focus();
      await page.keyboard.press('Control+KeyV');
    };
    await paste('01-331001\t١٬٢٠٠٫٥٠٠\t\r\n01-331001\tخمسة\t\r\n01-331001\t\t1,200.500\r\n');
    const dialog = page.getByRole('dialog');
    await dialog.locator('.dw-grid-fault', { hasText: 'خمسة' }).waitFor();
    await picture(page, 'grid-paste-1440');
    assert.deepEqual(await axeFaults(page), []);
    await dialog.getByRole('button', { name: 'لصق ما قُبل', exact: true }).click();
    await page.locator('[data-place="0.1"]', { hasText: '1,200.500' }).waitFor();
    assert.equal((await page.locator('[data-place="1.1"]').innerText()).trim(), '', 'what was refused stays as it was');
    await page.locator('[data-place="2.2"]', { hasText: '1,200.500' }).waitFor();
    await page.locator('[data-place="0.0"]:focus').waitFor();
    await drop(page);
    assert.deepEqual(wrong, []);
    await context.close();
  });

  test('two screens write one draft: what both changed is asked by field, the rest is joined', long(options), async () => {
    const first = await sitDown(browser(), diwan().address);
    await signIn(first.page, 'mazen', to);
    await first.page.locator('#narration').fill('كما كان');
    await kept(first.page);
    const second = await sitDown(browser(), diwan().address);
    await signIn(second.page, 'mazen', to);
    await second.page.waitForFunction(() => document.querySelector('#narration')?.value === 'كما كان');
    await second.page.locator('#narration').fill('من الشاشة الثانية');
    await kept(second.page);
    await first.page.locator('#narration').fill('من الشاشة الأولى');
    const merge = first.page.locator('.dw-merge');
    await merge.waitFor();
    for (const text of ['كما كان', 'من الشاشة الثانية', 'من الشاشة الأولى']) await merge.getByText(text).first().waitFor();
    await picture(first.page, 'draft-merge-1440');
    assert.deepEqual(await axeFaults(first.page), []);
    await merge.locator('input[type=radio]').first().check();
    await merge.getByRole('button').last().click();
    await merge.waitFor({ state: 'detached' });
    await first.page.waitForFunction(() => document.querySelector('#narration')?.value === 'من الشاشة الثانية');
    await kept(first.page);
    await drop(first.page);
    assert.deepEqual([...first.wrong, ...second.wrong], []);
    await first.context.close();
    await second.context.close();
  });

  test('without the network what is typed stays on the device, and reaches the server when it is back', long(options), async () => {
    const { page, context } = await sitDown(browser(), diwan().address);
    await signIn(page, 'mazen', to);
    await context.setOffline(true);
    await page.locator('.dw-band-waits').waitFor();
    await page.locator('#narration').fill('كُتب بلا اتصال');
    await page.locator('.dw-kept .lucide-laptop').waitFor();
    await picture(page, 'offline-1440');
    assert.deepEqual(await axeFaults(page), []);
    await context.setOffline(false);
    await kept(page);
    assert.equal(await page.locator('.dw-band-waits').count(), 0);
    await drop(page);
    await context.close();
  });
}
