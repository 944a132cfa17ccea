// A browser that reads the staff app as people do; Debian's Chromium, nothing downloaded.
import { access, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { password } from './diwan.mjs';

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter(Boolean);

export async function findBrowser() {
  for (const place of places) if (await access(place).then(() => true, () => false)) return place;
  return undefined;
}

export const openBrowser = (executablePath) => chromium.launch({ executablePath, args: ['--no-sandbox'] });

const shots = fileURLToPath(new URL('shots', import.meta.url));

/** Where the pictures go: DIWAN_ARTEFACTS, or e2e/shots, which git does not keep. */
export async function pictureFolder() {
  const named = process.env['DIWAN_ARTEFACTS'];
  if (!named) {
    await mkdir(shots, { recursive: true });
    return shots;
  }
  await mkdir(named, { recursive: true });
  return named;
}

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** A person at a screen of their own: a fresh browser profile with these choices. */
export async function sitDown(browser, address, { size = desktop, choices = {} } = {}) {
  const context = await browser.newContext({ viewport: size, baseURL: address, reducedMotion: 'reduce', colorScheme: 'light', hasTouch: size.width < 760 });
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) wrong.push(message.text());
  });
  await page.goto('/');
  await page.evaluate((kept) => { localStorage.setItem('diwan.preferences', JSON.stringify(kept)); localStorage.setItem('diwan.device', crypto.randomUUID()); }, { theme: 'light', ...choices });
  return { context, page, wrong };
}

export async function signIn(page, person, to = '/finance/execution') {
  await page.goto(to);
  await page.locator('input[autocomplete=username]').fill(person);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('#content h1').waitFor();
}

/** Without frames there is nothing for a second page to gather, so one pass is enough. WCAG 2.2 AA, every rule axe has for it; the answer names each fault with its place. */
export async function axeFaults(page, only) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (only ? axe.withRules(only) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])).analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} — ${node.failureSummary}`));
}

/** How far the page scrolls sideways; tables scroll within their own frame. */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The amounts of a row as exact minor units, in either digit family. */
export const amounts = (row) =>
  row.locator('td.dw-amount bdi.dw-money').evaluateAll((cells) =>
    cells.map((cell) => {
      const latin = cell.textContent.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660)).replace(/[,\u066c]/g, '').replace('\u066b', '.').replace('\u2212', '-');
      return latin.replace('.', '');
    }),
  ).then((texts) => texts.map((text) => BigInt(text)));

/** Options of a test that belongs to the long runs of make soak. */
export const long = (options) => (process.env['DIWAN_SOAK'] || options.skip ? options : { ...options, skip: 'a long run: make soak' });
