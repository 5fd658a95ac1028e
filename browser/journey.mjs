// A bank's journey as a customer walks it: which page is shown, and what is done on each.
import assert from 'node:assert/strict';
import { totp } from './token.mjs';
import { tabTo } from './look.mjs';

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

/** The kind of step before the customer, by the end of the address; nothing when it is none of the bank's pages. */
export function screenOf(page) {
  return new URL(page.url()).pathname.match(/\/journey\/[^/]+\/([a-z_]+)(-\d+)?$/)?.[1];
}

/** Waits until `screen` is there. */
export async function arrive(page, screen) {
  await page.waitForURL((url) => new RegExp(`/journey/[^/]+/${screen}(-\\d+)?$`).test(url.pathname));
  await page.waitForSelector('main h1');
}

/** Does something that leads to another page, or to the same one anew, and waits for it. */
export async function turn(page, act) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()]);
}

const ids = (page, selector) => page.$$eval(selector, (found) => found.map((one) => one.id));

/** What a customer does on each kind of page before the last press. `false`: the page itself leads on. */
const acts = {
  async login(page, customer, hand, { certificate }) {
    const typed = { login_id: customer.login_id, contract_number: customer.contract_number, user_id: customer.user_id, password: customer.password };
    if (certificate && await page.$(byId('certificate'))) {
      await turn(page, () => hand.press(page, 'certificate'));
      assert.equal(await page.$(byId('certificate')), null, `the certificate was taken: ${await page.textContent('main')}`);
    }
    for (const [id, value] of Object.entries(typed)) {
      if (await page.$(`${byId(id)}:not([readonly])`)) await hand.type(page, id, value);
    }
  },
  async certificate(page, customer, hand) {
    await turn(page, () => hand.press(page, 'continue'));
    return false;
  },
  async notice(page, customer, hand, { method }) {
    if (method) await hand.tick(page, `method.${method}`);
    if (await page.$(byId('agree'))) await hand.tick(page, 'agree');
  },
  async digits(page, customer, hand) {
    const fields = await ids(page, 'input[id^="digit-"]');
    assert.ok(fields.length > 0, 'digits are asked');
    for (const id of fields) await hand.type(page, id, customer.user_number[Number(id.slice('digit-'.length)) - 1]);
  },
  async one_time_password(page, customer, hand) {
    await hand.type(page, 'otp', totp(customer.otp_secret));
  },
  security_question: (page, customer, hand) => hand.type(page, 'answer', customer.answer),
  async service_selection(page, customer, hand) {
    const scopes = await ids(page, 'input[id^="scope."]:enabled');
    assert.ok(scopes.length > 0, 'there are services to choose');
    for (const id of scopes) await hand.tick(page, id);
  },
  async inquiry_pin(page, customer, hand) {
    const accounts = (await ids(page, 'input[id^="account."]:enabled')).slice(0, 2);
    assert.ok(accounts.length > 0, 'there are accounts to register');
    for (const id of accounts) {
      const account = id.slice('account.'.length);
      await hand.tick(page, id);
      await hand.type(page, `pin.${account}`, customer.accounts.find((one) => one.id === account).inquiry_pin);
    }
  },
  inquiry_pin_result: async () => {},
  async consent(page, customer, hand) {
    if (await page.$(byId('agree'))) await hand.tick(page, 'agree');
  },
};

/** Fills in `screen`, without its last press. */
export const fill = (page, screen, customer, hand = pointer, choice = {}) => acts[screen](page, customer, hand, choice);

/** From the app's first page to the bank's. */
export async function begin(visitor, world, hand = pointer, tenant = 'hidashin') {
  await visitor.page.goto(`${world.appUrl}/`);
  const bank = world.demo.tenants.find((one) => one.id === tenant);
  await turn(visitor.page, () => hand.press(visitor.page, `link-${bank.bank_code}`));
}

/**
 * Walks until `until` is shown, or through the last page back to the app when there is no `until`. Gives the screens
 * that were walked, in order.
 */
export async function walk(visitor, customer, { until, hand = pointer, at = async () => {}, ...choice } = {}) {
  const { page } = visitor;
  const walked = [];
  for (let screen = screenOf(page); screen; screen = screenOf(page)) {
    assert.ok(walked.length < 20, `the journey goes in circles: ${walked}`);
    if (screen === until) return walked;
    walked.push(screen);
    await at(screen);
    if (await fill(page, screen, customer, hand, choice) === false) continue;
    await turn(page, () => hand.press(page, 'continue'));
  }
  if (!until) await atLink(visitor);
  return walked;
}

/** Waits until the app shows the link that was made. */
export async function atLink({ page }) {
  await page.waitForURL(/:8090\/links\/[^/]+$/);
  await page.waitForSelector('#unlink');
  await page.waitForSelector('.account h3 a');
}
