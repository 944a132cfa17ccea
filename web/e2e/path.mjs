// The spending path as its people walk it: reservation, commitment, claim, verification, voucher, audit, approvals, payment.
import assert from 'node:assert/strict';
import { signIn, sitDown } from './browser.mjs';
import { wordsOf } from './words.mjs';

/** One walk: who sits where, in which language; `seen` is called on every screen with its name. */
export class Walk {
  constructor(browser, address, { language, size, theme = 'light', seen }) {
    Object.assign(this, { browser, address, size, language, theme, seen, t: wordsOf(language), phone: size.width < 760, desks: new Map() });
  }

  /** The person's own desk; each is a browser profile of its own. */
  async at(person, to) {
    let desk = this.desks.get(person);
    if (desk) {
      await desk.page.goto(to);
      await desk.page.locator('#content h1').waitFor();
    } else {
      desk = await sitDown(this.browser, this.address, { size: this.size, choices: { theme: this.theme, language: this.language } });
      this.desks.set(person, desk);
      await signIn(desk.page, person, to);
    }
    return desk.page;
  }

  async close() {
    for (const [person, desk] of this.desks) {
      assert.deepEqual(desk.wrong, [], `${person} saw errors`);
      await desk.context.close();
    }
  }

  press(page, key) {
    return page.getByRole('button', { name: this.t(key), exact: true }).last().click();
  }

  /** A cell of the entry grid, by row and column, typed into and left by Enter. */
  async cell(page, row, column, text) {
    await page.locator(`[data-place="${row}.${column}"]`).click();
    const field = page.locator(`[data-place="${row}.${column}"] input`);
    await field.fill(text);
    if (column === 0) {
      await page.locator('.dw-key-choice').first().waitFor();
      await page.locator('.dw-key-choice', { hasText: text }).first().click();
    } else await field.press('Enter');
  }

  async date(page, name, day) {
    const [year, month, date] = day.split('-');
    const group = page.locator(`.dw-date-input:has(input[name="${name}"])`);
    for (const [type, value] of [['day', date], ['month', month], ['year', year]]) {
      await group.locator(`[data-type="${type}"]`).click();
      await page.keyboard.type(value);
    }
  }

  async choose(page, id, text) {
    await page.locator(`#${id}`).click();
    await page.keyboard.type(text);
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first().click();
  }

  state(page, key) {
    return page.locator('.dw-heading .dw-tag', { hasText: key }).waitFor();
  }

  async reserve({ subject, key, amount, until }) {
    const page = await this.at('rana', '/finance/reservations/new');
    await page.locator('#subject').fill(subject);
    await this.date(page, 'expires', until);
    await this.cell(page, 0, 0, key);
    await this.cell(page, 0, 1, amount);
    await this.seen?.(page, 'reserve-form');
    await this.press(page, 'reservations.act.reserve');
    await page.waitForURL(/\/finance\/reservations\/[0-9a-f-]{36}/);
    await page.locator('.dw-timeline li').first().waitFor();
    await this.seen?.(page, 'reservation');
    return page.url();
  }

  async commit({ payee, reference }) {
    const page = this.desks.get('rana').page;
    await this.press(page, 'reservations.act.commit');
    await page.waitForURL(/commitments\/new/);
    await page.locator('[data-place="0.1"]', { hasText: /\d/ }).waitFor();
    await this.choose(page, 'payee', payee);
    await page.locator('#reference').fill(reference);
    await this.seen?.(page, 'commit-form');
    await this.press(page, 'commitments.act.commit');
    await page.waitForURL(/\/finance\/commitments\/[0-9a-f-]{36}/);
    await page.locator('.dw-timeline li').first().waitFor();
    await this.seen?.(page, 'commitment');
    return page.url();
  }

  async claim({ number, date, amount }) {
    const page = this.desks.get('rana').page;
    await this.press(page, 'claims.new');
    await page.waitForURL(/claims\/new/);
    await page.locator('[data-place="0.0"]', { hasText: /\d/ }).waitFor();
    await page.locator('#number').fill(number);
    await this.date(page, 'date', date);
    await this.cell(page, 0, 1, amount);
    await this.seen?.(page, 'claim-form');
    await this.press(page, 'claims.act.register');
    await page.waitForURL(/\/finance\/claims\/[0-9a-f-]{36}/);
    await page.locator('.dw-pile').waitFor();
    const url = page.url();
    await this.seen?.(page, 'claim-registered');
    return url;
  }

  async verify(claim) {
    const page = await this.at('omar', new URL(claim).pathname);
    await page.locator('.dw-pile').waitFor();
    await this.seen?.(page, 'claim-verify');
    await this.press(page, 'claims.act.verify');
    await this.state(page, /مدقق|verified/);
  }

  async prepare(claim, { tax }) {
    const page = await this.at('rana', new URL(claim).pathname);
    await this.press(page, 'vouchers.new');
    await page.waitForURL(/vouchers\/new/);
    await page.locator('#deduction-tax').fill(tax);
    await page.locator('#narration').fill('صرف مطالبة المورد');
    await this.seen?.(page, 'voucher-form');
    await this.press(page, 'vouchers.act.prepare');
    await page.waitForURL(/\/finance\/vouchers\/[0-9a-f-]{36}/);
    await page.locator('.dw-timeline li').first().waitFor();
    await this.seen?.(page, 'voucher-prepared');
    return page.url();
  }

  /** One step of the voucher by its person; the state it leads to. */
  async step(person, voucher, act, next, answer) {
    const page = await this.at(person, new URL(voucher).pathname);
    await page.locator('.dw-timeline li').first().waitFor();
    await this.seen?.(page, `voucher-${act}-${person}`);
    await this.press(page, `vouchers.act.${act}`);
    if (answer) {
      const dialog = page.getByRole('dialog');
      await dialog.locator('input:not([readonly]):not([role=combobox]), textarea').first().fill(answer);
      await dialog.getByRole('button', { name: this.t(`vouchers.act.${act}`), exact: true }).click();
    }
    await this.state(page, next);
    return page;
  }
}
