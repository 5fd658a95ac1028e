// Every bank of the manuals and every way to log in there, in one run of the server: from the app to the bank, back, and the link stopped on the customer's own page.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { atLink, begin, fill, keys, openLinks, screenOf, stopAtBank, turn, walk } from './journey.mjs';
import { desktop, phone, tabTo } from './look.mjs';
import { stage } from './stage.mjs';
import { platformUrl, root } from './world.mjs';

const options = {
  guests: ['crates/renkei/tests/tenants/musashino'],
  written: [['aozora', '--name-ja', '青空信用組合', '--name-en', 'Aozora Credit Union', '--bank-code', '9901']],
};

stage('six banks side by side', options, ({ world, visit, test }) => {
  // Who walks, how, which pages they must meet, and of which a picture is kept (of all, where nothing is said).
  const ways = [
    ['hidashin', 'ID and password', 'hida0001', {}, ['login', 'security_question', 'service_selection', 'inquiry_pin', 'inquiry_pin_result', 'consent']],
    ['hidashin', 'certificate', 'hida0002', { card: 'customers/hidashin-hida0002', certificate: true }, ['login', 'security_question', 'service_selection', 'inquiry_pin', 'inquiry_pin_result', 'consent'], []],
    ['sorachi', 'certificate', 'sora0001', { card: 'customers/sorachi-sora0001', certificate: true }, ['login', 'service_selection', 'inquiry_pin', 'inquiry_pin_result', 'consent']],
    ['hana', 'ID and password', 'hana0001', {}, ['login', 'digits', 'security_question', 'consent']],
    ['mizuho', 'fixed password', 'mizu0002', { method: 'password' }, ['notice', 'login', 'consent'], []],
    ['mizuho', 'one-time password', 'mizu0004', { method: 'password' }, ['notice', 'login', 'one_time_password', 'consent']],
    ['mizuho', 'certificate', 'mizu0003', { method: 'certificate', card: 'customers/mizuho-mizu0003' }, ['notice', 'certificate', 'login', 'consent'], ['certificate', 'login']],
  ];
  const second = { hida0001: 'hida0003', hida0002: 'hida0005', sora0001: 'sora0002', hana0001: 'hana0002', mizu0002: 'mizu0010', mizu0004: 'mizu0009', mizu0003: 'mizu0011' };

  for (const device of [desktop, phone]) {
    for (const [tenant, way, first, { card, ...choice }, pages, drawn = pages] of ways) {
      test(`${tenant} by ${way} on the ${device.name}, then stopped`, async () => {
        const login = device === desktop ? first : second[first];
        const visitor = await visit({ device, pictures: tenant, card: card && world.card(tenant, card.replace(first, login)) });
        const customer = world.customer(login);
        const name = choice.method === 'certificate' ? (screen) => `by-certificate-${screen}` : (screen) => screen;
        const see = (screen) => visitor.inspect(name(screen), { draw: drawn.includes(screen) });
        await begin(visitor, world, undefined, tenant);
        assert.deepEqual(await walk(visitor, customer, { at: see, ...choice }), pages);
        const own = ['links', 'link', 'link-stop', 'link-stopped'];
        await stopAtBank(visitor, world, tenant, customer, { see: (screen) => visitor.inspect(screen, { draw: tenant === 'hana' && own.includes(screen) }), ...choice });
      });
    }
  }

  for (const [tenant, login, choice] of [['hana', 'hana0003', {}], ['mizuho', 'mizu0012', { method: 'password' }]]) {
    test(`${tenant} without JavaScript`, async () => {
      const visitor = await visit({ script: false, device: phone });
      await begin(visitor, world, undefined, tenant);
      await walk(visitor, world.customer(login), { at: (screen) => visitor.inspect(screen), ...choice });
      await stopAtBank(visitor, world, tenant, world.customer(login), { see: (screen) => visitor.inspect(screen), ...choice });
    });
  }

  test('hana by keyboard only', async () => {
    const visitor = await visit();
    await begin(visitor, world, keys, 'hana');
    await walk(visitor, world.customer('hana0004'), { hand: keys });
    await stopAtBank(visitor, world, 'hana', world.customer('hana0004'), { hand: keys });
  });

  for (const [hurdle, login, choice, card] of [
    ['initial_setup', 'mizu0005', { method: 'password' }],
    ['one_time_password_unregistered', 'mizu0006', { method: 'password' }],
    ['certificate_expired', 'mizu0007', { method: 'certificate' }, 'customers/mizuho-mizu0007'],
    ['password_expired', 'mizu0008', { method: 'password' }],
  ]) {
    test(`mizuho refuses with its own words: ${hurdle}`, async () => {
      const visitor = await visit({ device: phone, pictures: 'mizuho', card: card && world.card('mizuho', card) });
      const { page } = visitor;
      await begin(visitor, world, undefined, 'mizuho');
      const customer = world.customer(login);
      for (const screen of card ? ['notice', 'certificate', 'login'] : ['notice', 'login']) {
        assert.equal(screenOf(page), screen);
        if (await fill(page, screen, customer, undefined, choice) !== false) await turn(page, () => page.click('#continue'));
      }
      await page.waitForSelector('.ending.refused');
      await visitor.inspect(`refused-${hurdle}`, { status: true });
      await turn(page, () => page.click('#cancel'));
      assert.match(page.url(), /:8090\//);
      await visitor.inspect('app after a refusal', { status: true, draw: false });
    });
  }

  for (const trouble of ['missing', 'expired', 'not-yet-valid', 'other-authority', 'revoked', 'wrong-usage', 'nobody']) {
    test(`sorachi meets a bad certificate: ${trouble}`, async () => {
      const visitor = await visit({ device: phone, pictures: 'sorachi', card: trouble === 'missing' ? undefined : world.card('sorachi', `trouble/sorachi-${trouble}`) });
      const { page } = visitor;
      await begin(visitor, world, undefined, 'sorachi');
      await turn(page, () => page.click('#certificate'));
      await page.waitForSelector('.certificate-trouble');
      await visitor.inspect(`certificate-${trouble}`, { status: true });
      await turn(page, () => page.click('#cancel'));
      assert.equal(screenOf(page), 'login');
    });
  }

  test('a chooser finds a bank by name, kana, romaji and code, and remembers it', async () => {
    for (const device of [phone, desktop]) {
      const visitor = await visit({ device, pictures: '' });
      const { page } = visitor;
      const client = world.demo.clients.find((one) => one.redirect_uris.includes(`${world.appUrl}/callback`));
      const address = `${platformUrl}/authorize?${new URLSearchParams({
        response_type: 'code', client_id: client.client_id, redirect_uri: `${world.appUrl}/callback`, scope: 'accounts', state: 's',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
      })}`;
      await page.goto(address);
      await visitor.inspect('chooser');
      for (const [query, found] of [['ひだしん', '飛驒信用組合'], ['sorachi', '空知商工信用組合'], ['0001', 'みずほ銀行'], ['ハナ', 'ハナ信用組合']]) {
        await page.fill('#q', query);
        await page.waitForFunction((name) => document.querySelector('#results .banks')?.textContent.includes(name), found);
      }
      await visitor.inspect('chooser-found');
      await page.fill('#q', 'zzzz');
      await page.waitForFunction(() => /zzzz/.test(document.getElementById('found').textContent));
      await visitor.inspect('chooser-none');
      await page.goto(address);
      await tabTo(page, 'q');
      await page.keyboard.insertText('hana');
      await page.waitForFunction(() => document.querySelector('#results .banks')?.textContent.includes('ハナ信用組合'));
      await page.keyboard.press('Tab');
      for (let presses = 0; presses < 10 && !(await page.evaluate(() => document.activeElement.textContent.includes('ハナ信用組合'))); presses += 1) await page.keyboard.press('Tab');
      await turn(page, () => page.keyboard.press('Enter'));
      assert.equal(screenOf(page), 'login');
      await page.goto(address);
      await page.waitForSelector('#last-title');
      await visitor.inspect('chooser-remembered');
    }
  });

  test('a link is named, its consent read again, and a stranger finds nothing', async () => {
    const visitor = await visit({ device: phone, pictures: 'hana' });
    const { page } = visitor;
    const customer = world.customer('hana0005');
    await begin(visitor, world, undefined, 'hana');
    await walk(visitor, customer);
    await openLinks(visitor, 'hana', customer);
    await turn(page, () => page.click('#live li:first-child .actions a'));
    const link = page.url();
    await page.fill('#label', '自宅の家計簿');
    await turn(page, () => page.click('#save'));
    assert.ok((await page.textContent('main')).includes('自宅の家計簿'));
    await visitor.inspect('link-named');
    await turn(page, () => page.click('.receipts a'));
    await visitor.inspect('receipt');
    const stranger = await visit();
    await stranger.page.goto(link);
    const seen = await stranger.page.textContent('body');
    assert.ok(!seen.includes('自宅の家計簿') && !seen.includes(customer.name), seen);
    await stranger.inspect('another browser', { status: true });
    await page.goto(`${platformUrl}/hana/links`);
    await turn(page, () => page.click('#logout'));
    await visitor.inspect('links-left');
  });

  for (const device of [desktop, phone]) {
    test(`aozora, as \`tenant new\` writes it, on the ${device.name}`, async () => {
      const visitor = await visit({ device, pictures: 'aozora' });
      await begin(visitor, world, undefined, 'aozora');
      const login = device === desktop ? 'demo0001' : 'demo0002';
      await walk(visitor, world.customer(login), { at: (screen) => visitor.inspect(screen) });
    });
  }

  test('the gallery of aozora as pictures', async () => {
    world.renkei('tenant', 'preview', 'aozora', '--png', '--out', 'gallery');
    const pages = readdirSync(join(world.folder, 'gallery/pages'));
    const pictures = readdirSync(join(world.folder, 'gallery/png'));
    assert.ok(pages.includes('ja-consent-first.html'), `${pages}`);
    const guide = readFileSync(join(root, 'docs/ja/introduction.md'), 'utf8');
    assert.equal(Number(guide.match(/^(\d+) pages: open var\/preview\/aozora/m)[1]), pages.length, 'as the guide tells it');
    assert.equal(pictures.length, 2 * pages.length);
    for (const name of ['ja-consent-first-phone.png', 'en-login-first-desk.png']) {
      const picture = readFileSync(join(world.folder, 'gallery/png', name));
      assert.equal(picture.readUInt32BE(16), name.includes('phone') ? 390 : 1280, `${name}: as wide as the screen`);
      assert.ok(picture.readUInt32BE(20) > 800, `${name}: as tall as the page`);
    }
  });

  // musa0005 has a passkey, which this program is built without; musa0004 has nothing but a session elsewhere.
  for (const [device, login, pages] of [
    [phone, 'musa0001', ['notice', 'login', 'permission_gate', 'session_conflict', 'interstitial', 'interstitial', 'registration', 'out_of_band', 'account_selection', 'consent']],
    [desktop, 'musa0002', ['notice', 'login', 'out_of_band', 'account_selection', 'consent']],
    [phone, 'musa0003', ['notice', 'login', 'registration', 'account_selection', 'consent']],
    [desktop, 'musa0006', ['notice', 'login', 'matrix_card', 'transaction_password', 'account_selection', 'consent']],
  ]) {
    test(`musashino, a bank of files alone: ${login} on the ${device.name}, then stopped`, async () => {
      const visitor = await visit({ device });
      const { page } = visitor;
      const customer = world.customer(login);
      const see = (screen) => visitor.inspect(`musashino-${screen}`);
      await begin(visitor, world, undefined, 'musashino');
      assert.deepEqual(await walk(visitor, customer, { until: 'end', at: see, world }), pages);
      await see('return');
      await turn(page, () => page.click('#continue'));
      await atLink(visitor);
      await stopAtBank(visitor, world, 'musashino', customer, { see, world });
    });
  }
});
