// Looks at a page of the exporter with Chromium, light and dark, as wide as a desk's screen and as a
// phone: axe-core must find nothing serious, nothing may be asked of others or run as a script,
// nothing may be wider than the screen. Takes the page's address, the name of its pictures and the
// folder for them; needs playwright-core and axe-core beside it.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [address, name, folder] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const complaints = [];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    const complain = (text) => complaints.push(`${name}, ${colorScheme}, ${width}: ${text}`);
    // First as it is, with its Content-Security-Policy, as a visitor has it.
    const visit = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    visit.on('console', (message) => complain(`console: ${message.text()}`));
    visit.on('dialog', (dialog) => { complain(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    visit.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) complain(`asks for ${request.url()}`);
    });
    const response = await visit.goto(address);
    if (response.status() !== 200) complain(`status ${response.status()}`);
    await visit.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    await visit.close();
    // Then with axe, which is a script, and with all that was folded.
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    await page.goto(address);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) complain(`is ${wide} wide`);
    if (await page.evaluate(() => document.scripts.length)) complain('has a script');
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => axe.run());
    if (passes.length < 10) complain(`axe looked at ${passes.length} things only`);
    for (const { impact, id, nodes } of violations) complain(`${impact}: ${id}: ${nodes[0].html}`);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}-open.png`, fullPage: true });
    await page.close();
  }
}
await browser.close();
complaints.forEach((complaint) => console.error(complaint));
console.log(`${name}: looked at`);
process.exit(complaints.length ? 1 : 0);
