// The archetypes that no module shows yet, and the long worklist, on their pattern pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFaults, long, sideways, signIn, sitDown } from './browser.mjs';

export function patternPages({ options, diwan, browser, picture }) {
  test('a hundred thousand rows scroll without a blank one, and stay in order when they are ordered', long(options), async () => {
    const { page, context, wrong } = await sitDown(browser(), diwan().address);
    await signIn(page, 'huda', '/patterns/worklist');
    await page.locator('.dw-work-body [role=row]').first().waitFor();
    // Thrown down again and again, looked at in every frame: at each height of the body stands a row.
    const { blanks, deepest } = await page.evaluate(async () => {
      const box = document.querySelector('.dw-work');
      const body = document.querySelector('.dw-work-body').getBoundingClientRect();
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      let blanks = 0;
      for (let thrown = 0; thrown < 60; thrown += 1) {
        box.scrollTop += 4_321;
        await frame();
        for (let y = body.top + 10; y < body.bottom - 10; y += 40) {
          if (!document.elementFromPoint(body.left + body.width / 2, y)?.closest('[role=row]')) blanks += 1;
        }
      }
      return { blanks, deepest: box.scrollTop };
    });
    assert.equal(blanks, 0);
    assert.ok(deepest > 50_000, `the pages came as they were scrolled to: ${deepest}`);
    assert.ok((await page.locator('.dw-work-body [role=row]').count()) < 60, 'only what is seen is drawn');
    // Ordered by amount, the greatest first: the list reads on until it has all rows.
    await page.getByRole('button', { name: 'المبلغ', exact: true }).click();
    await page.getByRole('button', { name: 'المبلغ', exact: true }).click();
    await page.locator('[role=columnheader][aria-sort=descending]').waitFor();
    await page.waitForFunction(() => document.querySelector('.dw-work-pane').getAttribute('aria-rowcount') === '100001');
    await page.locator('.dw-work').evaluate((box) => { box.scrollTop = 0; });
    const shown = await page.locator('.dw-work-body .dw-amount bdi').allInnerTexts();
    const amounts = shown.map((text) => BigInt(text.replace(/[,.]/g, '')));
    assert.deepEqual(amounts, amounts.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
    // A column is made wider by dragging its edge outwards, which in Arabic is to the left.
    const edge = page.locator('.dw-work-edge').first();
    const before = Number(await edge.getAttribute('aria-valuenow'));
    const { x, y, height } = await edge.boundingBox();
    await page.mouse.move(x + 3, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x - 57, y + height / 2);
    await page.mouse.up();
    assert.ok(Number(await edge.getAttribute('aria-valuenow')) >= before + 50, 'wider, not narrower');
    await picture(page, 'pattern-worklist-1440');
    assert.deepEqual(await axeFaults(page), []);
    assert.deepEqual(wrong, []);
    await context.close();
  });

  test('the viewer shows pages, their thumbnails and their text; zoom and rotation by keys', long(options), async () => {
    const { page, context, wrong } = await sitDown(browser(), diwan().address);
    await signIn(page, 'huda', '/patterns/viewer');
    await page.locator('.dw-thumb').nth(4).waitFor();
    await page.locator('.textLayer span', { hasText: 'Pattern page 1' }).waitFor();
    const width = () => page.locator('.dw-viewer-paper canvas').evaluate((canvas) => canvas.getBoundingClientRect().width);
    const narrow = await width();
    await page.locator('.dw-viewer-sheet').focus();
    await page.keyboard.press('Equal');
    await page.waitForFunction((was) => document.querySelector('.dw-viewer-paper canvas').getBoundingClientRect().width > was, narrow);
    await page.keyboard.press('PageDown');
    await page.locator('.textLayer span', { hasText: 'Pattern page 2' }).waitFor();
    await page.keyboard.press('KeyR');
    await page.waitForFunction(() => {
      const { width, height } = document.querySelector('.dw-viewer-paper canvas').getBoundingClientRect();
      return width > height;
    });
    await picture(page, 'pattern-viewer-1440');
    assert.deepEqual(await axeFaults(page), []);
    assert.deepEqual(wrong, []);
    await context.close();
  });

  test('list, map and time track show one selection; time runs with the reading', long(options), async () => {
    const { page, context, wrong } = await sitDown(browser(), diwan().address);
    await signIn(page, 'huda', '/patterns/map');
    await page.locator('.maplibregl-canvas').waitFor();
    const track = page.getByRole('slider');
    await track.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await track.getAttribute('aria-valuenow'), '1', 'in Arabic the left arrow goes on in time');
    await page.locator('.dw-map-list .dw-link').last().click();
    assert.equal(await track.getAttribute('aria-valuenow'), '59');
    assert.match(await page.locator('.dw-time-word').innerText(), /كم\/س/);
    await picture(page, 'pattern-map-1440');
    assert.deepEqual(await axeFaults(page), []);
    assert.equal(await sideways(page), 0);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}
