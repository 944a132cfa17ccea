// Preparing next year's budget, as those who ask and those who decide do it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFaults, long, signIn, sitDown } from './browser.mjs';

export function preparing({ options, diwan, browser, picture }) {
  test('a returned request is corrected in the grid, the ceiling speaks while typing, another approves it and a new version stands', long(options), async () => {
    const { page, context, wrong } = await sitDown(browser(), diwan().address);
    await signIn(page, 'rana', '/finance/preparation/2027');
    await page.locator('.dw-table tbody').first().waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await picture(page, 'preparation-1440');
    await page.locator('tr', { has: page.locator('.dw-tag-zunjufr') }).getByRole('link').click();
    await page.locator('[data-place="0.1"]').first().waitFor();
    const first = page.locator('[data-place="0.1"]').first();
    await first.click();
    await page.keyboard.press('Control+KeyA');
    await page.keyboard.type('900000000');
    await page.keyboard.press('Enter');
    await page.locator('.dw-checks .dw-low').first().waitFor();
    await picture(page, 'preparation-breach-1440');
    assert.deepEqual(await axeFaults(page), []);
    await page.getByRole('button', { name: /تقديم الطلب/ }).click();
    await page.locator('.dw-refusal').waitFor();
    await first.click();
    await page.keyboard.press('Control+KeyA');
    await page.keyboard.type('100000');
    await page.keyboard.press('Enter');
    await page.locator('p.dw-available').waitFor();
    await page.getByRole('button', { name: /تقديم الطلب/ }).click();
    await page.locator('.dw-tag-maghra').first().waitFor();
    const address = new URL(page.url()).pathname;
    assert.deepEqual(wrong, []);
    await context.close();

    const other = await sitDown(browser(), diwan().address);
    await signIn(other.page, 'sami', address);
    await other.page.getByRole('button', { name: 'موافقة', exact: true }).click();
    await other.page.locator('.dw-tag-zinjar').first().waitFor();
    await picture(other.page, 'preparation-request-1440');
    assert.deepEqual(await axeFaults(other.page), []);
    await other.page.goto('/finance/preparation/2027');
    await other.page.getByRole('button', { name: 'توحيد المسودة' }).click();
    await other.page.locator('section[aria-label="مسودات الموازنة"] tfoot').waitFor();
    await other.page.getByText('المسودة 2').first().waitFor();
    await picture(other.page, 'preparation-drafts-1440');
    assert.deepEqual(await axeFaults(other.page), []);
    assert.deepEqual(other.wrong, []);
    await other.context.close();
  });
}
