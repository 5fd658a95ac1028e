// An application from sending to the end: a software made of xmlsec1, openssl, zip and curl, a ministry's desk in a browser, and two fees
// paid on two banks' own pages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { screenOf, turn, walkToEnd } from './journey.mjs';
import { desktop, phone } from './look.mjs';
import { stage } from './stage.mjs';
import { totp } from './token.mjs';
import { platformUrl, root } from './world.mjs';

const procedure = '900A800000001000';
const form = ['900A80000000100001', '0001'];

stage('an application, from sending to the end', {}, ({ world, visit, test }) => {
  let folder;
  let env;

  before(() => {
    folder = join(world.folder, 'applicant');
    mkdirSync(folder);
    const [software] = world.demo.egov.software;
    const [user] = world.demo.egov.users;
    env = {
      PATH: process.env.PATH, EGOV_URL: world.demo.egov.base_url, EGOV_SOFTWARE: software.software_id, EGOV_USER: 'hanako2026',
      EGOV_CERTIFICATE: resolve(world.folder, user.certificate), EGOV_KEY: resolve(world.folder, user.key), EGOV_PROCEDURE_NAME: '窓口で審査する試験用手続', EGOV_DESTINATION: '',
    };
  });

  /** What the second client prints. */
  const client = (...args) => {
    try {
      return execFileSync(join(root, 'egov/client'), args, { cwd: folder, env, encoding: 'utf8' });
    } catch (error) {
      throw new Error(`egov/client ${args.join(' ')}: ${error.stdout}\n${error.stderr}\n${world.logs()}`);
    }
  };
  const values = (document, name) => [...document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((one) => one[1]);
  const value = (document, name) => values(document, name)[0];
  const until = async (what, look) => {
    for (let tries = 0; tries < 120; tries += 1) {
      const found = look();
      if (found) return found;
      await pause(250);
    }
    return assert.fail(`${what} does not come\n${world.logs()}`);
  };

  /** Sends a package and gives the ArriveID it gets. */
  const arrived = async (archive) => {
    const sent = client('apply', archive);
    assert.equal(value(sent, 'SendApplyCount'), '1');
    const number = value(sent, 'SendNumber');
    const list = await until(`the arrival of ${number}`, () => {
      const answer = client('packages', `id=${number}`);
      return value(answer, 'WorkStatus') === '' || !answer.includes('処理待ち') ? answer : undefined;
    });
    assert.equal(value(list, 'ErrorCount'), '0', list);
    return value(client('applications', number), 'ArriveID');
  };
  const status = (id) => value(client('reference', id), 'Status');

  test('is walked by a second client, a desk and two banks', async () => {
    client('register');
    client('login');
    client('package', 'raw.zip', procedure, ...form, 'raw');
    client('package', 'encoded.zip', procedure, ...form, 'encoded');
    const first = await arrived('raw.zip');
    const other = await arrived('encoded.zip');
    assert.notEqual(first, other);
    assert.equal(status(first), '到達');

    const staff = world.demo.egov.staff.find((one) => /approver|both|admin/.test(one.login)) ?? world.demo.egov.staff[0];
    const desk = await visit({ device: desktop, pictures: 'egov' });
    const { page } = desk;
    await page.goto(`${platformUrl}/egov/desk`);
    await desk.inspect('desk-login');
    await page.fill('#login', staff.login);
    await page.fill('#password', staff.password);
    await page.fill('#otp', totp(staff.totp_secret));
    await turn(page, () => page.click('#continue'));
    await page.waitForSelector('#arrivals');
    await desk.inspect('desk-arrivals');
    const open = async (id) => {
      await page.goto(`${platformUrl}/egov/desk`);
      await turn(page, () => page.click(`#arrivals a:text-is("${id}")`));
    };
    /** One act: its page, its second look where there is one, and back at the application. */
    const act = async (name, fields = {}) => {
      await turn(page, () => page.click(`#act-${name}`));
      for (const [field, text] of Object.entries(fields)) {
        if (text === true) await page.check(`#${field}`);
        else await page.fill(`#${field}`, text);
      }
      await desk.inspect(`desk-${name}`);
      await turn(page, () => page.click('#continue'));
      if (await page.$('button[name=stop][value=confirmed]')) {
        await desk.inspect(`desk-${name}-confirm`);
        await turn(page, () => page.click('#continue'));
      }
      assert.equal(await page.$('.trouble'), null, `${name}: ${await page.textContent('main')}`);
    };
    const day = new Date(Date.now() + 20 * 86400000).toISOString().slice(0, 10);

    await open(first);
    await desk.inspect('desk-application');
    await act('start');
    await act('correct', { text: '住所の記載に誤りがあります。直して、もう一度提出してください。', due: day });
    assert.match(status(first), /補正待ち/);
    const asked = client('amends', first);
    assert.ok(value(asked, 'NoticeSubID'), asked);
    client('package', 'again.zip', procedure, ...form, 'encoded', first);
    const receipt = client('amend', first, 'again.zip');
    const next = value(receipt, 'NewArriveID');
    assert.ok(next && next !== first, receipt);
    assert.equal(status(first), '審査終了');

    await open(next);
    await act('start');
    await act('document', { title: '受理通知書', text: '申請のとおり受理しました。', 'signed-yes': true });
    const notices = client('notices', next);
    const number = value(notices, 'NoticeSubID');
    client('document', next, number, 'document.zip');
    client('document-done', next, number);
    const listed = execFileSync('unzip', ['-Z1', 'document.zip'], { cwd: folder, encoding: 'utf8' }).split('\n').find((name) => name.endsWith('.xml'));
    const verified = client('verify', next, 'document.zip', listed);
    assert.equal(value(verified, 'ErrorCount'), '0', verified);
    assert.equal(value(verified, 'ValidationResult'), '正常です。');

    await act('fee', { amount: '1200', due: day });
    await act('fee', { amount: '340', due: day });
    await desk.inspect('desk-application-with-fees');
    const pays = client('payments', next);
    assert.deepEqual(values(pays, 'PayStatus'), ['納付待ち', '納付待ち'], pays);
    const banks = client('banks');
    const ways = [['飛驒信用組合', 'hida0001', desktop], ['ハナ信用組合', 'hana0001', phone]];
    for (const [index, [bank, login, device]] of ways.entries()) {
      assert.ok(values(banks, 'FinancialName').includes(bank), banks);
      client('payment-page', next, values(pays, 'PayNumber')[index], bank, `pay-${index}.html`);
      const payer = await visit({ device, pictures: 'egov' });
      await payer.page.goto(`file://${join(folder, `pay-${index}.html`)}`);
      await turn(payer.page, () => payer.page.click('#pay'));
      // The page in between goes on by itself, or by its button.
      await payer.page.waitForURL(/\/journey\//, { timeout: 5000 }).catch(() => turn(payer.page, () => payer.page.click('#continue')));
      assert.equal(screenOf(payer.page), 'login');
      const walked = await walkToEnd(payer, world.customer(login), { at: (screen) => payer.inspect(`pay-${screen}`, { draw: /account|payment/.test(screen) }) });
      assert.equal(walked.at(-1), 'payment_confirmation', `${walked}`);
      await payer.inspect('pay-result');
      assert.match(await payer.page.textContent('main'), /340|1,200/);
    }
    const paid = await until('the payment of both', () => {
      const answer = client('payments', next);
      return values(answer, 'PayStatus').every((one) => one === '納付済み') ? answer : undefined;
    });
    assert.deepEqual(values(paid, 'PayFlag'), ['0', '0']);

    await open(next);
    await act('finish');
    await act('close');
    assert.equal(status(next), '手続終了');
  });
});
