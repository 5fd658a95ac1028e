// What a set of browser tests plays on: one world, one browser, and visitors who are shown out after each test.
import { after, afterEach, before, describe, it } from 'node:test';
import { Visitor, launch } from './look.mjs';
import { World } from './world.mjs';

// Only so that a test that hangs ends some day: nothing here depends on speed.
const longest = 900000;

/** Calls `tests` with the world (which runs once the first test does), `visit` (a new visitor) and `test`. `options` are the world's. */
export function stage(title, options, tests) {
  describe(title, () => {
    const world = new World(options);
    const visitors = [];
    let browser;

    before(async () => {
      console.log(`${title}: starting the platform and the sample app`);
      await world.start();
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await world.stop();
    });
    afterEach(async () => {
      await Promise.all(visitors.splice(0).map((one) => one.close()));
    });

    const visit = async (looks) => {
      const visitor = await Visitor.open(browser, looks);
      visitors.push(visitor);
      return visitor;
    };
    const test = (name, body) => it(name, { timeout: longest }, async () => {
      const began = performance.now();
      try {
        await body();
        console.log(`  ok ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
      } catch (error) {
        console.log(`  NOT ok ${name}, at ${visitors.map((one) => one.page.url())}\n${world.logs()}`);
        throw error;
      }
    });
    tests({ world, visit, test });
  });
}
