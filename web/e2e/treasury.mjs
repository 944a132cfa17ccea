// Treasury's work in the browser: a batch by two people and their bank (A9), a statement matched (A10), the counter, an
// advance and a trust (A13).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { amounts, axeFaults, sideways, signIn, sitDown } from './browser.mjs';

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

  test('A10: a bank\'s file is sent, its line matched with the book by keys, sent again it brings nothing, and Mazen sees what is open', options, async () => {
    const { page, context, wrong } = await sit('wafa', '/finance/accounts');
    const account = page.locator('.dw-table tbody tr', { hasText: 'حساب الخزينة الموحد' });
    const [balance] = await amounts(account);
    const iban = (await account.locator('.dw-iban').innerText()).replace(/\s/g, '');
    await page.goto('/finance/statements');
    await page.locator('.dw-work-body [role=row]').nth(1).waitFor();
    await page.locator('.dw-work-body', { hasText: 'محجور' }).waitFor();
    await look(page, 'statements-1440');
    await page.goto('/finance/statements?state=accepted');
    await page.locator('.dw-work-body [role=row] a').first().click();
    const first = page.locator('.dw-side').nth(1).locator('li', { hasText: '−' }).first(); // money that went out
    await first.waitFor();
    const paid = (await first.locator('.dw-money').innerText()).replace(/[^\d.,]/g, '');
    await look(page, 'statement-1440');

    const minor = BigInt(paid.replace(/[.,]/g, ''));
    const text = (n) => `${n / 1000n},${String(n % 1000n).padStart(3, '0')}`;
    const file = { name: 'cbj-28.sta', mimeType: 'text/plain', buffer: Buffer.from(`:20:T28\n:25:${iban}\n:28C:28/26\n:60F:C261109JOD${text(balance)}\n:61:2611231123D${text(minor)}NTRFNONREF//CBJ9\n:86:166?20حوالة\n:61:2611231123C500,000NTRFNONREF//CBJ10\n:86:166?20توريد\n:62F:C261123JOD${text(balance - minor + 500_000n)}\n-\n`) };
    const send = async () => {
      await page.goto('/finance/statements');
      await press(page, 'رفع كشف حساب');
      await page.locator('#statement-file').setInputFiles(file);
      await confirm(page, 'إرسال وقراءة');
      await page.locator('.dw-taken dl').waitFor();
      return page.locator('.dw-taken dd').allInnerTexts();
    };
    assert.deepEqual(await send(), ['1', '2', '0', '0']);
    await picture(page, 'statement-sent-1440');
    await confirm(page, 'إلى الكشوف');
    await page.getByRole('link', { name: '28/26' }).click();
    await page.locator('.dw-side').nth(0).locator('li', { hasText: paid }).getByRole('checkbox').check();
    await page.locator('.dw-side').nth(1).locator('li.dw-fits').first().getByRole('checkbox').check();
    await page.locator('.dw-balance').getByRole('button', { name: 'مطابقة', exact: true, disabled: false }).waitFor();
    await look(page, 'statement-matching-1440');
    await page.keyboard.press('KeyX');
    await page.locator('.dw-tag', { hasText: 'باليد' }).waitFor();
    await look(page, 'statement-matched-1440');
    const address = new URL(page.url()).pathname;
    assert.deepEqual((await send())[1], '0', 'the same file brings no new line');
    const mazen = await sit('mazen', address);
    await mazen.page.getByRole('note').filter({ hasText: 'بلا مطابقة' }).waitFor();
    assert.deepEqual([...wrong, ...mazen.wrong], []);
    await context.close();
    await mazen.context.close();
  });

  test('the cashier closes the day and takes a payment; another person brings the cash to the bank', options, async () => {
    const nadia = await sit('nadia', '/finance/receipts');
    await nadia.page.locator('.dw-table tbody tr').nth(2).waitFor();
    await look(nadia.page, 'cashier-1440');
    await press(nadia.page, 'إغلاق اليوم');
    await nadia.page.locator('#told-amount').fill('152.500');
    await confirm(nadia.page, 'إغلاق اليوم');
    await nadia.page.locator('.dw-book', { hasText: 'لا يوم مفتوحاً' }).waitFor();
    await nadia.page.getByRole('button', { name: 'مستند قبض' }).click();
    await nadia.page.locator('#payer').fill('مؤسسة الصحراء للنقل');
    for (const [column, text] of [[0, '142001'], [1, 'تصريح حمولة'], [2, '٢٥']]) {
      await nadia.page.locator(`[data-place="0.${column}"]`).click();
      await nadia.page.locator(`[data-place="0.${column}"] input`).fill(text);
      await nadia.page.locator(`[data-place="0.${column}"] input`).press('Enter');
    }
    await look(nadia.page, 'receipt-form-1440');
    await press(nadia.page, 'إصدار السند');
    await nadia.page.locator('.dw-in-words', { hasText: 'خمسة وعشرون' }).waitFor();
    await nadia.page.locator('.dw-fields', { hasText: 'مؤسسة الصحراء للنقل' }).waitFor();
    await look(nadia.page, 'receipt-1440');
    const lina = await sit('lina', '/finance/receipts');
    await press(lina.page, 'إيداع في البنك');
    await lina.page.locator('#told-amount').fill('152.500');
    await lina.page.locator('#told-reference').fill('SLIP-77');
    await confirm(lina.page, 'إيداع في البنك');
    await lina.page.locator('.dw-book dd', { hasText: /^\D*25\.000/ }).last().waitFor();
    assert.deepEqual([...nadia.wrong, ...lina.wrong], []);
    await nadia.context.close();
    await lina.context.close();
  });

  test('A13: an overdue advance comes back in cash, a settlement is verified, a trust pays what was asked for', options, async () => {
    const lina = await sit('lina', '/finance/advances');
    await lina.page.locator('.dw-work-body [role=row]').nth(2).waitFor();
    await look(lina.page, 'advances-1440');
    await lina.page.locator('.dw-work-body [role=row]', { hasText: 'طرق الشمال' }).getByRole('link').click();
    await lina.page.getByRole('note').filter({ hasText: 'تأخر' }).waitFor();
    await look(lina.page, 'advance-overdue-1440');
    await press(lina.page, 'رد نقد');
    await lina.page.locator('#told-amount').fill('1200');
    await lina.page.locator('#told-reference').fill('IN-1200');
    await confirm(lina.page, 'رد نقد');
    await lina.page.locator('.dw-tag', { hasText: 'مسددة' }).waitFor();
    const omar = await sit('omar', '/finance/advances?state=out');
    await omar.page.locator('.dw-work-body [role=row]', { hasText: 'طرق الجنوب' }).getByRole('link').click();
    await press(omar.page, 'تدقيق');
    await omar.page.locator('.dw-tag', { hasText: 'مدققة ومقيدة' }).waitFor();
    await look(omar.page, 'advance-settled-1440');
    const zaid = await sit('zaid', '/finance/trusts');
    await zaid.page.locator('.dw-work-body [role=row]').first().waitFor();
    await look(zaid.page, 'trusts-1440');
    await zaid.page.locator('.dw-work-body a').first().click();
    await press(zaid.page, 'صرف');
    await zaid.page.getByRole('dialog').locator('input').fill('RTGS-4000');
    await confirm(zaid.page, 'صرف');
    await zaid.page.locator('.dw-table', { hasText: '16,000.000' }).waitFor();
    await look(zaid.page, 'trust-1440');
    assert.deepEqual([...lina.wrong, ...omar.wrong, ...zaid.wrong], []);
    for (const desk of [lina, omar, zaid]) await desk.context.close();
  });
}
