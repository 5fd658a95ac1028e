// A bank's journey as a customer walks it: which page is shown, and what is done on each.
import assert from 'node:assert/strict';
import { totp } from './token.mjs';
import { tabTo } from './look.mjs';
import { platformUrl } from './world.mjs';

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

/** Each code counts once: the one before the present first, then the present one. */
function nextCode(customer) {
  const used = codes.get(customer.login_id) ?? 0;
  codes.set(customer.login_id, used + 1);
  return totp(customer.otp_secret, Date.now() - Math.max(0, 1 - used) * 30000);
}
const codes = new Map();

const ids = (page, selector) => page.$$eval(selector, (found) => found.map((one) => one.id));

/** What a customer does on each kind of page before the last press; gives the button to press when it is another than `continue`, `false` when the page has led on. */
const acts = {
  async login(page, customer, hand, { certificate }) {
    const { login_id, contract_number, user_id, branch_code, account_number, password } = customer;
    const typed = { login_id, contract_number, user_id, branch_code, account_number, password };
    if (certificate && await page.$(byId('certificate'))) {
      await turn(page, () => hand.press(page, 'certificate'));
      assert.equal(await page.$(byId('certificate')), null, `the certificate was taken: ${await page.textContent('main')}`);
    }
    for (const [id, value] of Object.entries(typed)) {
      if (value && await page.$(`${byId(id)}:not([readonly])`)) await hand.type(page, id, value);
    }
  },
  async certificate(page, customer, hand) {
    await turn(page, () => hand.press(page, 'continue'));
    return false;
  },
  async notice(page, customer, hand, { method }) {
    if (method) await hand.tick(page, `method-${method}`);
    if (await page.$(byId('agree'))) await hand.tick(page, 'agree');
  },
  async digits(page, customer, hand) {
    const fields = await ids(page, 'input[id^="digit-"]');
    assert.ok(fields.length > 0, 'digits are asked');
    for (const id of fields) await hand.type(page, id, customer.user_number[Number(id.slice('digit-'.length)) - 1]);
  },
  async one_time_password(page, customer, hand) {
    await hand.type(page, 'otp', nextCode(customer));
  },
  async permission_gate(page, customer, hand, { world }) {
    world.renkei('demo', 'set', customer.tenant, customer.login_id, 'permit=permission_missing');
  },
  session_conflict: async () => {},
  interstitial: async (page) => (await page.$(byId('skip')) ? 'skip' : 'continue'),
  async registration(page, customer, hand) {
    if (await page.$(byId('otp'))) {
      await hand.type(page, 'otp', totp((await page.textContent(byId('secret'))).replaceAll(/\s/g, '')));
      return;
    }
    await page.selectOption(byId('question'), { index: 1 });
    await hand.type(page, 'answer', customer.answer ?? 'ムサシノ');
    await hand.type(page, 'answer_again', customer.answer ?? 'ムサシノ');
  },
  async out_of_band(page, customer, hand, { world }) {
    const number = await page.$(byId('number'));
    const told = number ? ['--number', (await number.textContent()).trim()] : [];
    await turn(page, async () => { world.renkei('demo', 'approve', customer.tenant, customer.login_id, ...told); });
    return false;
  },
  async matrix_card(page, customer, hand, { world }) {
    const [, , ...rows] = world.renkei('demo', 'card', customer.tenant, customer.login_id).trimEnd().split('\n').map((line) => line.split('\t'));
    const asked = await ids(page, 'input[id^="cell-"]');
    assert.ok(asked.length > 0, 'cells are asked');
    for (const id of asked) {
      const [, row, column] = id.split('-').map(Number);
      await hand.type(page, id, rows[row - 1][column]);
    }
  },
  transaction_password: (page, customer, hand) => hand.type(page, 'transaction_password', customer.transaction_password),
  async account_selection(page, customer, hand) {
    const accounts = await ids(page, 'input[id^="account."]:enabled');
    if (accounts.length > 0) await hand.tick(page, accounts[0]);
  },
  payment_confirmation: (page, customer, hand) => hand.tick(page, 'agree'),
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
  await turn(visitor.page, () => hand.press(visitor.page, `link-${world.tenant(tenant).bank_code}`));
}

/** Walks until `until` is shown, or through the last page back to the app when there is no `until`. Gives the screens that were walked, in order. */
export async function walk(visitor, customer, { until, ...rest } = {}) {
  const walked = await through(visitor, customer, until, rest);
  if (!until) await atLink(visitor);
  return walked;
}

/** Walks a journey that leads to no app, to its last page. */
export const walkToEnd = ({ page }, customer, choice = {}) => through({ page }, customer, 'end', choice);

/** From page to page until `until`, or until the page is none of a journey. */
async function through({ page }, customer, until, { hand = pointer, at = async () => {}, ...choice }) {
  const walked = [];
  for (let screen = screenOf(page); screen; screen = screenOf(page)) {
    assert.ok(walked.length < 20, `the journey goes in circles: ${walked}`);
    if (screen === until) return walked;
    walked.push(screen);
    await at(screen);
    const button = await fill(page, screen, customer, hand, choice);
    if (button !== false) await turn(page, () => hand.press(page, button || 'continue'));
  }
  return walked;
}

/** The customer's own page at the bank, by way of the steps that prove who it is. */
export async function openLinks(visitor, tenant, customer, rest = {}) {
  await visitor.page.goto(`${platformUrl}/${tenant}/links`);
  const walked = await through(visitor, customer, undefined, rest);
  assert.equal(new URL(visitor.page.url()).pathname, `/${tenant}/links`, `the customer's own page, after ${walked}`);
  return walked;
}

/** Stops the link that was made last at the bank's own page, and finds that the app is refused from then on. */
export async function stopAtBank(visitor, world, tenant, customer, { see = async () => {}, ...rest } = {}) {
  const { page } = visitor;
  const { hand = pointer } = rest;
  const link = page.url();
  const walked = await openLinks(visitor, tenant, customer, { ...rest, at: (screen) => see(`links-${screen}`) });
  await see('links');
  await turn(page, () => page.click('#live li:first-child .actions a'));
  await see('link');
  await turn(page, () => hand.press(page, 'stop'));
  await see('link-stop');
  await turn(page, () => hand.press(page, 'continue'));
  await page.waitForSelector('#stopped');
  await see('link-stopped');
  await page.goto(link);
  if (await page.$('#refresh')) await turn(page, () => page.click('#refresh'));
  await page.waitForSelector('.banner.is-bad #relink');
  await see('app-link-stopped');
  return walked;
}

/** Waits until the app shows the link that was made. */
export async function atLink({ page }) {
  await page.waitForURL(/:8090\/links\/[^/]+$/);
  await page.waitForSelector('#unlink');
  await page.waitForSelector('.account h3 a');
}
