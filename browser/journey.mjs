// The screens of Hidashin's journey, and how a customer acts on each.
import assert from 'node:assert/strict';
import { tabTo } from './look.mjs';

export const screens = ['login', 'security_question', 'service_selection', 'inquiry_pin', 'inquiry_pin_result', 'consent'];
const byId = (id) => `[id="${id}"]`;

/** How a customer acts: by pointer and fingers. */
export const pointer = {
  type: (page, id, text) => page.fill(byId(id), text),
  tick: (page, id) => page.check(byId(id)),
  press: (page, id) => page.click(byId(id)),
};

/** By keyboard only. */
export const keys = {
  async type(page, id, text) {
    await tabTo(page, id);
    await page.keyboard.insertText(text);
  },
  async tick(page, id) {
    await tabTo(page, id);
    if (!(await page.isChecked(byId(id)))) await page.keyboard.press('Space');
  },
  async press(page, id) {
    await tabTo(page, id);
    await page.keyboard.press('Enter');
  },
};

/** Waits until `screen` is there: the last part of the address names the stop, a control tells the page. */
export async function arrive(page, screen) {
  const signs = { login: 'login_id', security_question: 'answer', service_selection: 'scope', inquiry_pin: 'account', inquiry_pin_result: 'register_more', consent: 'agree' };
  await page.waitForSelector(byId(signs[screen]));
}

/** Fills in `screen`, without its last press. */
export async function fill(page, screen, customer, hand = pointer) {
  const ids = (selector) => page.$$eval(selector, (found) => found.map((one) => one.id));
  if (screen === 'login') {
    await hand.type(page, 'login_id', customer.login_id);
    await hand.type(page, 'password', customer.password);
  } else if (screen === 'security_question') {
    await hand.type(page, 'answer', customer.answer);
  } else if (screen === 'service_selection') {
    const scopes = await ids('input[id^="scope."]:enabled');
    assert.ok(scopes.length > 0, 'there are services to choose');
    for (const id of scopes) await hand.tick(page, id);
  } else if (screen === 'inquiry_pin') {
    const accounts = (await ids('input[id^="account."]:enabled')).slice(0, 2);
    assert.ok(accounts.length > 0, 'there are accounts to register');
    for (const id of accounts) {
      const account = id.slice('account.'.length);
      await hand.tick(page, id);
      await hand.type(page, `pin.${account}`, customer.accounts.find((one) => one.id === account).inquiry_pin);
    }
  } else if (screen === 'consent') {
    await hand.tick(page, 'agree');
  }
}

/** From the app's first page to the bank's. */
export async function begin(visitor, world, hand = pointer) {
  await visitor.page.goto(`${world.appUrl}/`);
  await hand.press(visitor.page, `link-${world.demo.tenants[0].bank_code}`);
  await arrive(visitor.page, 'login');
}

/** Walks from `from` until `until` is shown, or through consent back to the app when there is no `until`. */
export async function walk(visitor, customer, { from = 'login', until, hand = pointer, at = async () => {} } = {}) {
  const { page } = visitor;
  for (const screen of screens.slice(screens.indexOf(from))) {
    await arrive(page, screen);
    if (screen === until) return;
    await at(screen);
    await fill(page, screen, customer, hand);
    await hand.press(page, 'continue');
  }
  await atLink(visitor);
}

/** Waits until the app shows the link that was made. */
export async function atLink({ page }) {
  await page.waitForURL(/:8090\/links\/[^/]+$/);
  await page.waitForSelector('#unlink');
  await page.waitForSelector('.account h3 a');
}
