// The journey in a real browser: sample app, bank, sample app; once per database engine.
import assert from 'node:assert/strict';
import { begin, arrive, atLink, fill, keys, walk } from './journey.mjs';
import { desktop, phone, tabTo } from './look.mjs';
import { stage } from './stage.mjs';
import { platformUrl } from './world.mjs';

const engines = process.env.RENKEI_TEST_POSTGRES ? ['sqlite', 'postgres'] : ['sqlite'];

for (const engine of engines) {
  stage(`the journey on ${engine}`, { engine }, ({ world, visit, test }) => {
    for (const [device, script, login] of [[desktop, true, 'hida0001'], [phone, true, 'hida0003'], [desktop, false, 'hida0010'], [phone, false, 'hida0011']]) {
      test(`from the app and back: ${device.name}, JavaScript ${script ? 'on' : 'off'}`, async () => {
        const visitor = await visit({ device, script, pictures: script && engine === 'sqlite' ? '' : undefined });
        const { page } = visitor;
        await page.goto(`${world.appUrl}/`);
        await visitor.inspect('app-home');
        await begin(visitor, world);
        await walk(visitor, world.customer(login), { at: (screen) => visitor.inspect(screen, { draw: false }) });
        await visitor.inspect('app-link');
        await page.click('.account h3 a');
        await page.waitForSelector('figure.chart svg');
        assert.ok(await page.locator('table.entries tbody tr').count() > 0, 'there are transactions');
        await visitor.inspect('app-statement');
        visitor.pictures = undefined;
        await page.goBack();
        await page.click('#refresh');
        await page.waitForSelector('[role=status]');
        await visitor.inspect('app-refreshed');
        await page.goto(`${world.appUrl}/`);
        await visitor.inspect('app-home-linked');
        await page.click('.link h2 a');
        await page.click('#unlink');
        await page.waitForSelector('#confirm-unlink');
        await visitor.inspect('app-unlink');
        await page.click('#confirm-unlink');
        await page.waitForURL(`${world.appUrl}/`);
        await visitor.inspect('app-unlinked');
      });
    }

    test('in English', async () => {
      const visitor = await visit();
      const { page } = visitor;
      await begin(visitor, world);
      await page.click('nav.lang a[hreflang=en]');
      await arrive(page, 'login');
      visitor.lang = 'en';
      await walk(visitor, world.customer('hida0012'), { at: (screen) => visitor.inspect(screen) });
      visitor.lang = await page.getAttribute('html', 'lang');
      await page.click('.languages a[hreflang=en]');
      await page.waitForSelector('html[lang=en]');
      visitor.lang = 'en';
      await visitor.inspect('app-link');
      await page.click('.account h3 a');
      await page.waitForSelector('figure.chart svg');
      await visitor.inspect('app-statement');
    });

    test('mistakes are named at their fields', async () => {
      const visitor = await visit({ device: phone });
      const { page } = visitor;
      const customer = world.customer('hida0020');
      await begin(visitor, world);
      const wrong = async (screen) => {
        await page.click('#continue');
        await page.waitForSelector('.trouble');
        await visitor.inspect(`${screen} with a mistake`, { status: true });
        await fill(page, screen, customer);
        await page.click('#continue');
      };
      await wrong('login');
      await arrive(page, 'security_question');
      await wrong('security_question');
      await arrive(page, 'service_selection');
      for (const box of await page.$$('input[id^="scope."]:checked')) await box.uncheck();
      await wrong('service_selection');
      await arrive(page, 'inquiry_pin');
      await wrong('inquiry_pin');
      await arrive(page, 'inquiry_pin_result');
      await page.click('#continue');
      await arrive(page, 'consent');
      await wrong('consent');
      await atLink(visitor);
    });

    test('by keyboard only', async () => {
      const visitor = await visit();
      const { page } = visitor;
      await begin(visitor, world, keys);
      await walk(visitor, world.customer('hida0013'), { hand: keys });
      await tabTo(page, 'refresh');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[role=status]');
      await visitor.inspect('by keyboard');
    });

    for (const script of [true, false]) {
      test(`the way back, on the first page and on the last, JavaScript ${script ? 'on' : 'off'}`, async () => {
        const visitor = await visit({ script });
        const { page } = visitor;
        for (const until of ['login', 'consent']) {
          await begin(visitor, world);
          await walk(visitor, world.customer(script ? 'hida0009' : 'hida0002'), { until });
          await page.click('#cancel');
          await page.waitForURL(`${world.appUrl}/trouble/cancelled**`);
          await visitor.inspect('app-cancelled', { status: true });
          await page.waitForSelector('#retry');
        }
      });
    }

    for (const script of [true, false]) {
      test(`two presses on the last button, then Back, JavaScript ${script ? 'on' : 'off'}`, async () => {
        const visitor = await visit({ script });
        const { page } = visitor;
        const customer = world.customer(script ? 'hida0014' : 'hida0015');
        await begin(visitor, world);
        await walk(visitor, customer, { until: 'consent' });
        const consent = page.url();
        await fill(page, 'consent', customer);
        await page.dblclick('#continue');
        await atLink(visitor);
        await visitor.inspect('app-link');
        await page.goBack();
        await page.waitForSelector('.ending.finished');
        await visitor.inspect('ending-finished', { status: true });
        assert.ok(page.url().startsWith(platformUrl));
        await page.goto(consent);
        await page.click('#cancel');
        await page.waitForURL(`${world.appUrl}/**`);
        await visitor.inspect('back at the app', { status: true });
      });
    }

    test('the platform is killed in the middle and goes on', async () => {
      const visitor = await visit();
      const { page } = visitor;
      const customer = world.customer('hida0016');
      await begin(visitor, world);
      await walk(visitor, customer, { until: 'inquiry_pin_result' });
      await world.killPlatform();
      await world.startPlatform();
      await page.reload();
      await walk(visitor, customer, { until: 'consent' });
      await fill(page, 'consent', customer);
      await world.killPlatform();
      await world.startPlatform();
      await page.click('#continue');
      await atLink(visitor);
      await visitor.inspect('app-link');
    });

    test('dark, and with the system\'s own colours', async () => {
      const visitor = await visit();
      const { page } = visitor;
      const looks = async (name) => {
        for (const look of [{ colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'light', forcedColors: 'active' }, { colorScheme: 'dark', forcedColors: 'active' }]) {
          await page.emulateMedia(look);
          await visitor.inspect(`${name} ${Object.values(look)}`, { status: true });
        }
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
      };
      await page.goto(`${world.appUrl}/`);
      await looks('app-home');
      await begin(visitor, world);
      await walk(visitor, world.customer('hida0017'), { at: looks });
      await looks('app-link');
      await page.click('.account h3 a');
      await page.waitForSelector('figure.chart svg');
      await looks('app-statement');
    });

    test('pages at which a journey ends', async () => {
      const visitor = await visit({ device: phone });
      const { page } = visitor;
      const ends = async (name) => {
        assert.ok((await page.textContent('h1')).trim());
        assert.ok((await page.locator('main p').count()) >= 2, `${name}: says what happened and what to do`);
        await visitor.inspect(name, { status: true });
      };
      await begin(visitor, world);
      const login = page.url();
      const ask = (changes) => {
        const client = world.demo.clients.find((one) => one.redirect_uris.includes(`${world.appUrl}/callback`));
        const parameters = { response_type: 'code', client_id: client.client_id, redirect_uri: `${world.appUrl}/callback`, scope: client.scopes.join(' '), state: 's', bank_code: world.demo.tenants[0].bank_code, ...changes };
        return `${platformUrl}/authorize?${new URLSearchParams(parameters)}`;
      };
      await page.goto(ask({ redirect_uri: 'https://elsewhere.example/callback' }));
      await page.waitForSelector('#error_code');
      await ends('wrong-redirect_uri');
      for (const [name, url] of [
        ['unknown-bank', ask({}).replace('/authorize', '/nobank/authorize')],
        ['unknown-page', `${platformUrl}/nowhere`],
        ['unknown-journey', login.replace(/journey\/[^/]+/, `journey/${'x'.repeat(22)}`)],
      ]) {
        await page.goto(url);
        await page.waitForSelector('.ending');
        await ends(name);
      }
      const stranger = await visit({ device: phone });
      await stranger.page.goto(login);
      await stranger.page.waitForSelector('.ending');
      await stranger.inspect('another browser', { status: true });
    });

    test('a refusal after too many wrong passwords', async () => {
      const visitor = await visit({ device: phone });
      const { page } = visitor;
      const customer = { ...world.customer('hida0004'), password: 'Wrong00pass' };
      await begin(visitor, world);
      for (let tries = 1; tries <= 5; tries += 1) {
        await fill(page, 'login', customer);
        await page.click('#continue');
        await page.waitForSelector(tries < 5 ? '.trouble' : '.ending.refused');
        await visitor.inspect(`wrong password ${tries}`, { status: true });
      }
      await page.click('#cancel');
      await page.waitForURL(`${world.appUrl}/**`);
      await visitor.inspect('app after a refusal', { status: true });
    });

    for (const script of [true, false]) {
      test(`the app on another site than the bank, JavaScript ${script ? 'on' : 'off'}`, async () => {
        await world.startApp('http://127.0.0.1:8090');
        const visitor = await visit({ script });
        await begin(visitor, world);
        await walk(visitor, world.customer(script ? 'hida0018' : 'hida0019'), { at: (screen) => visitor.inspect(screen) });
        assert.ok(visitor.page.url().startsWith('http://127.0.0.1:8090/'));
        await visitor.inspect('app-link');
      });
    }
  });
}
