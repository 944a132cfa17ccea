// Treasury's work in the browser: A9, a batch by two people and their bank.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { axeFaults, sideways, signIn, sitDown } from './browser.mjs';

export function treasury({ options, diwan, browser, picture }) {
  const sit = async (person, to) => {
    const desk = await sitDown(browser(), diwan().address);
    await signIn(desk.page, person, to);
    return desk;
  };
  const look = async (page, name) => {
    await picture(page, name);
    assert.deepEqual(await axeFaults(page), [], name);
    assert.equal(await sideways(page), 0, `${name} does not scroll sideways`);
  };
  const press = (page, name) => page.locator('#content').getByRole('button', { name, exact: true }).click();
  const confirm = (page, name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  test('A9: Lina builds a batch, Zaid releases it and fetches its file, the bank sends one payment back', options, async () => {
    const lina = await sit('lina', '/finance/batches/new');
    await lina.page.locator('.dw-choice tbody tr').nth(1).waitFor();
    const boxes = lina.page.locator('.dw-choice tbody input[type=checkbox]');
    for (const row of [0, 1]) await boxes.nth(row).check();
    await look(lina.page, 'batch-build-1440');
    await press(lina.page, 'تجهيز الدفعة');
    await lina.page.waitForURL(/\/finance\/batches\/[0-9a-f-]{36}/);
    await lina.page.locator('.dw-timeline li').first().waitFor();
    await lina.page.getByRole('note').filter({ hasText: 'شخص ثانٍ' }).waitFor();
    const address = new URL(lina.page.url()).pathname;
    await look(lina.page, 'batch-built-1440');

    const zaid = await sit('zaid', address);
    await press(zaid.page, 'إطلاق إلى البنك');
    await confirm(zaid.page, 'إطلاق إلى البنك');
    await zaid.page.locator('.dw-tag', { hasText: 'مُطلقة إلى البنك' }).waitFor();
    const [download] = await Promise.all([zaid.page.waitForEvent('download'), press(zaid.page, 'ملف البنك')]);
    const file = await readFile(await download.path(), 'utf8');
    assert.match(file, /<NbOfTxs>2<\/NbOfTxs>/);
    assert.match(file, /pain\.001\.001\.03/);
    assert.match(file, /[ء-ي]/, 'names stay Arabic');
    await zaid.page.locator('.dw-answers').first().getByRole('button').nth(1).click();
    await zaid.page.locator('#reject-code').fill('ac01');
    await zaid.page.locator('#reject-reason').fill('رقم الحساب خطأ');
    await confirm(zaid.page, 'ردّها البنك');
    await zaid.page.locator('.dw-tag', { hasText: 'ردّها البنك' }).waitFor();
    await press(zaid.page, 'نُفذت البقية');
    await confirm(zaid.page, 'نُفذت البقية');
    await zaid.page.locator('.dw-path, .dw-margin').first().waitFor();
    await zaid.page.locator('.dw-tag', { hasText: 'أجاب البنك عنها كلها' }).waitFor();
    await look(zaid.page, 'batch-settled-1440');
    await zaid.page.goto('/finance/batches');
    await zaid.page.locator('.dw-work-body [role=row]').first().waitFor();
    await look(zaid.page, 'batches-1440');
    await zaid.page.goto('/finance/accounts');
    await zaid.page.locator('.dw-table tbody tr').first().waitFor();
    await look(zaid.page, 'treasury-accounts-1440');
    assert.deepEqual([...lina.wrong, ...zaid.wrong], []);
    await lina.context.close();
    await zaid.context.close();
  });
}
