// How soon the first screen can be worked with on a slow network and a slow machine: prints, asserts nothing.
// DIWAN_ADDRESS names a running server; slow 4G is 1.6 Mbit/s down, 750 kbit/s up, 150 ms; the machine is four times slower.
import { findBrowser, openBrowser, signIn, sitDown } from './browser.mjs';
import { startDiwan } from './diwan.mjs';

const diwan = await startDiwan();
const browser = await openBrowser(await findBrowser());

async function throttled(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

async function seconds(page, until) {
  const begun = Date.now();
  await page.reload({ waitUntil: 'commit' });
  await until();
  // Interactive: the page answers a key within a frame or two, not only shows itself.
  await page.keyboard.press('Tab');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return ((Date.now() - begun) / 1000).toFixed(2);
}

const { page, context } = await sitDown(browser, diwan.address);
await throttled(page);
console.log(`${await seconds(page, () => page.locator('input[autocomplete=username]').waitFor())} s  the door, nothing kept`);
await context.close();

const desk = await sitDown(browser, diwan.address);
await signIn(desk.page, 'huda');
await throttled(desk.page);
console.log(`${await seconds(desk.page, () => desk.page.locator('[data-path]').first().waitFor())} s  execution, nothing kept`);
const bytes = await desk.page.evaluate(() => performance.getEntriesByType('resource').reduce((sum, one) => sum + (one.encodedBodySize ?? 0), 0));
console.log(`${(bytes / 1024).toFixed(0)} KB came over the network for it`);
await desk.context.close();
await browser.close();
await diwan.stop();
