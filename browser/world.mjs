// The platform and the sample app, started as ./run starts them, with state of their own in a new folder.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import dns from 'node:dns';
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const platformUrl = 'http://localhost:8080';
const certificatePort = 8443;
const bin = process.env.RENKEI_TEST_BIN ?? join(root, 'target/debug');

// Chromium finds *.localhost by itself; the part of the test program that presents certificates asks the system, which may not.
const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(/\.localhost$/.test(host) ? '127.0.0.1' : host, ...rest);
const ask = dns.promises.lookup;
dns.promises.lookup = (host, ...rest) => ask(/\.localhost$/.test(host) ? '127.0.0.1' : host, ...rest);

const answers = async (url) => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
};

export class World {
  #children = new Set();
  #dropDatabase = () => {};

  /** `guests`: folders of further banks beside those that are shipped; `written`: what `tenant new` is told for each bank that is written anew. */
  constructor({ engine = 'sqlite', guests = [], written = [] } = {}) {
    Object.assign(this, { engine, guests, written });
  }

  #settle() {
    this.folder = mkdtempSync(join(tmpdir(), `renkei-browser-${this.engine}-`));
    cpSync(join(root, 'tenants'), join(this.folder, 'tenants'), { recursive: true });
    for (const guest of this.guests) cpSync(join(root, guest), join(this.folder, 'tenants', basename(guest)), { recursive: true });
    this.env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RENKEI__DATABASE_URL: this.#database(),
      RENKEI__KEYS_DIR: join(this.folder, 'keys'),
      RENKEI__MAIL__FOLDER: join(this.folder, 'mail'),
      RENKEI__PID_FILE: join(this.folder, 'renkei.pid'),
      RENKEI__TENANTS_DIR: join(this.folder, 'tenants'),
      RENKEI__CERTIFICATE__LISTEN: `127.0.0.1:${certificatePort}`,
      RENKEI__EGOV__ON: 'true',
      RENKEI__EGOV__SANDBOX: 'true',
      RENKEI__EGOV__PROCEDURES_DIR: join(root, 'egov/procedures'),
      RENKEI_APP__STATE_DIR: join(this.folder, 'app'),
    };
  }

  #database() {
    if (this.engine === 'sqlite') return `sqlite://${join(this.folder, 'renkei.db')}`;
    const server = process.env.RENKEI_TEST_POSTGRES.replace(/\/$/, '');
    const name = `renkei_browser_${randomBytes(6).toString('hex')}`;
    const psql = (sql) => execFileSync('psql', [`${server}/postgres`, '-qc', sql], { stdio: ['ignore', 'ignore', 'inherit'] });
    psql(`CREATE DATABASE ${name}`);
    this.#dropDatabase = () => psql(`DROP DATABASE ${name} WITH (FORCE)`);
    return `${server}/${name}`;
  }

  /** What a command of the platform prints. */
  renkei(...args) {
    return execFileSync(join(bin, 'renkei'), args, { cwd: this.folder, env: this.env, encoding: 'utf8' });
  }

  async #spawn(name, args, url, extra = {}) {
    if (await answers(url)) throw new Error(`${url} answers already: stop ./run, the tests need its ports`);
    const log = join(this.folder, `${name}.log`);
    const out = openSync(log, 'a');
    const child = spawn(join(bin, name), args, { cwd: this.folder, env: { ...this.env, ...extra }, stdio: ['ignore', out, out] });
    closeSync(out);
    this.#children.add(child);
    child.gone = new Promise((resolve) => child.once('close', () => { this.#children.delete(child); resolve(); }));
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`${name} did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
      }
      if (await answers(url)) return child;
      await pause(20);
    }
  }

  async start() {
    this.#settle();
    this.renkei('keys', 'init');
    for (const bank of this.written) this.renkei('tenant', 'new', ...bank);
    this.renkei('demo', 'seed');
    this.renkei('demo', 'certificates');
    const info = this.renkei('demo', 'info', '--json');
    this.demo = JSON.parse(info);
    this.demoFile = join(this.folder, 'demo.json');
    writeFileSync(this.demoFile, info, { mode: 0o600 });
    await this.startPlatform();
    await this.startApp('http://localhost:8090');
  }

  async startPlatform() {
    this.platform = await this.#spawn('renkei', ['serve'], `${platformUrl}/health/ready`);
  }

  async killPlatform() {
    this.platform.kill('SIGKILL');
    await this.platform.gone;
  }

  /** The sample app at `url`: the one at its old address is stopped, for both use one port. */
  async startApp(url) {
    if (this.app) {
      this.app.kill('SIGTERM');
      await this.app.gone;
    }
    this.appUrl = url;
    this.app = await this.#spawn('renkei-integrator', ['--demo-info', this.demoFile], `${url}/health`, { RENKEI_APP__APP_URL: url });
  }

  customer(login_id) {
    const found = this.demo.customers.find((one) => one.login_id === login_id);
    if (!found) throw new Error(`the demo has no ${login_id}`);
    return found;
  }

  tenant(id) {
    return this.demo.tenants.find((one) => one.id === id);
  }

  /** What a browser needs to present a certificate at a bank: a file of `demo certificates`, by its name. */
  card(tenant, name) {
    return { origin: `https://mtls.${tenant}.localhost:${certificatePort}`, pfxPath: join(this.folder, `var/certificates/${name}.p12`), passphrase: 'renkei-demo' };
  }

  /** The end of both logs, for a test that failed. */
  logs() {
    return ['renkei', 'renkei-integrator'].map((name) => {
      try {
        return `--- ${name}\n${readFileSync(join(this.folder, `${name}.log`), 'utf8').slice(-1500)}`;
      } catch {
        return `--- ${name}: no log`;
      }
    }).join('\n');
  }

  async stop() {
    const children = [...this.#children];
    children.forEach((child) => child.kill('SIGTERM'));
    const stubborn = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), 10000);
    await Promise.all(children.map((child) => child.gone));
    clearTimeout(stubborn);
    this.#dropDatabase();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}
