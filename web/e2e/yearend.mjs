// Closing a year: begun by public accounts, what is open leads to its page, two people waive what may be waived.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFaults, long, signIn, sitDown } from './browser.mjs';

export function closingTheYear({ options, diwan, browser, picture }) {
  test('the close of a year names what stands in its way, and a waiver takes two people', long(options), async () => {
    const { page, context, wrong } = await sitDown(browser(), diwan().address);
    await signIn(page, 'mazen', '/finance/year-end');
    await page.getByText('لم يبدأ إقفال هذه السنة.').waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await page.getByRole('button', { name: 'فتح سنة 2027' }).click();
    await page.getByRole('button', { name: 'بدء الإقفال' }).click();
    await page.locator('.dw-table tbody tr').first().waitFor();
    await page.getByRole('button', { name: 'متابعة الخطوات' }).click();
    await page.locator('.dw-step-done').nth(1).waitFor();
    await picture(page, 'year-end-1440');
    assert.deepEqual(await axeFaults(page), []);
    const asked = page.locator('tr', { has: page.getByRole('button', { name: 'طلب إعفاء' }) }).first();
    const what = await asked.getByRole('link').innerText();
    await asked.getByRole('button').click();
    await page.getByRole('dialog').locator('textarea').fill('تُستكمل في السنة الجديدة بموافقة الوزير.');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.locator('tr', { hasText: what }).locator('.dw-tag-maghra').waitFor();
    const blocking = page.locator('.dw-table tbody tr th a').first();
    const to = await blocking.getAttribute('href');
    assert.deepEqual(wrong, []);
    await context.close();

    const other = await sitDown(browser(), diwan().address);
    await signIn(other.page, 'zaid', '/finance/year-end');
    await other.page.locator('tr', { hasText: what }).getByRole('button', { name: 'موافقة على الإعفاء' }).click();
    await other.page.locator('tr', { hasText: what }).locator('.dw-tag-zinjar').waitFor();
    await picture(other.page, 'year-end-waived-1440');
    assert.deepEqual(await axeFaults(other.page), []);
    await other.page.goto(to);
    await other.page.locator('#content h1').waitFor();
    assert.deepEqual(other.wrong, []);
    await other.context.close();
  });
}
