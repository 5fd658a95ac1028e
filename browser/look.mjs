// A browser, and what must hold on every page it shows.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const pictures = process.env.RENKEI_TEST_PICTURES;
const looks = process.env.RENKEI_TEST_LOOKS;

export const desktop = { name: 'desktop', viewport: { width: 1280, height: 900 } };
export const phone = { name: 'phone', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export const launch = () => chromium.launch({
  executablePath: process.env.RENKEI_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A customer's browser with nothing in it yet. `card`: a client certificate it holds; `pictures`: the folder of RENKEI_TEST_PICTURES to keep its screens in. */
export class Visitor {
  static async open(browser, { device = desktop, script = true, pictures, card } = {}) {
    const { name, ...size } = device;
    const context = await browser.newContext({
      ...size, deviceScaleFactor: 1, javaScriptEnabled: script, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce',
      ...(card && { clientCertificates: [card] }), ignoreHTTPSErrors: true,
    });
    context.setDefaultTimeout(30000);
    const visitor = new Visitor();
    Object.assign(visitor, { context, script, pictures, device, lang: 'ja', complaints: [] });
    visitor.page = await context.newPage();
    visitor.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) visitor.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    visitor.page.on('pageerror', (error) => visitor.complaints.push(`uncaught: ${error}`));
    visitor.page.on('dialog', (dialog) => { visitor.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    return visitor;
  }

  close() { return this.context.close(); }

  /** Everything a page must be, whatever it says. `status`: an answer of 4xx is what is expected here; `draw`: its picture is one to keep. */
  async inspect(name, { status = false, draw = true } = {}) {
    const { page } = this;
    await page.waitForLoadState('load');
    const at = `${name} (${this.device.name}, script ${this.script ? 'on' : 'off'}, ${new URL(page.url()).pathname})`;
    const complaints = this.complaints.splice(0).filter((text) => !(status && /status of 4\d\d/.test(text)));
    assert.deepEqual(complaints, [], `${at}: the console is silent`);
    const seen = await page.evaluate(() => ({
      title: document.title.trim(), lang: document.documentElement.lang, headings: document.querySelectorAll('h1').length,
      wide: [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && getComputedStyle(one).position !== 'absolute')
        .slice(0, 5).map((one) => one.outerHTML.slice(0, 120)),
      width: document.documentElement.scrollWidth,
    }));
    assert.ok(seen.title && !seen.title.startsWith('|'), `${at}: has a title, is "${seen.title}"`);
    assert.equal(seen.lang, this.lang, `${at}: says its language`);
    assert.equal(seen.headings, 1, `${at}: one h1`);
    assert.ok(seen.width <= this.device.viewport.width, `${at}: scrolls sideways, ${seen.width}px: ${seen.wide.join(' ')}`);
    if (this.script) await this.#axe(at);
    if (draw && pictures && this.pictures !== undefined) await this.#picture(join(pictures, this.pictures), `${this.device.name}-${name}`);
    if (looks) await this.#picture(looks, `${new URL(page.url()).pathname.split('/')[1]}-${this.device.name}-${name}`.replaceAll(/[^\w-]+/g, '-'));
  }

  async #axe(at) {
    await this.page.evaluate(axe.source);
    const violations = await this.page.evaluate(async () => (await globalThis.axe.run(document, {
      // In forced colours the system paints the text, but axe still reads the author's colour.
      rules: { 'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches } },
    })).violations.map((one) => ({
      id: one.id, help: one.help, nodes: one.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    })));
    assert.deepEqual(violations, [], `${at}: axe has nothing to say: ${JSON.stringify(violations, null, 1)}`);
  }

  async #picture(folder, name) {
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
  }
}

/** Presses Tab until the control with that id has the focus, and asks that the focus can be seen. */
export async function tabTo(page, id) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const one = document.activeElement;
      // A link that spans its card shows its focus around the card, by ::after.
      const seen = [null, '::after'].map((part) => getComputedStyle(one, part))
        .some((style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none');
      return { id: one.id, tag: one.tagName, seen };
    });
    if (focus.tag !== 'BODY') assert.ok(focus.seen, `the focus is visible at ${focus.tag}#${focus.id} on ${page.url()}`);
    if (focus.id === id) return;
  }
  assert.fail(`Tab does not reach #${id} on ${page.url()}`);
}
