// A client library that knows nothing of Renkei finds all it needs in the metadata, and is content with every answer.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import * as oauth from 'openid-client';
import { walkToEnd } from './journey.mjs';
import { stage } from './stage.mjs';
import { platformUrl } from './world.mjs';

stage('a client library of others', {}, ({ world, visit, test }) => {
  const plain = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] };
  const scope = 'accounts balances transactions';
  const known = (profile) => world.demo.clients.find((one) => one.profile === profile);

  /** Lets a customer consent in a browser; gives the address the browser is sent back to. */
  const consented = async (config, redirect_uri, login, parameters) => {
    const { page } = await visit({ script: false });
    const back = page.waitForRequest((request) => request.url().startsWith(`${redirect_uri}?`));
    await page.goto(oauth.buildAuthorizationUrl(config, { redirect_uri, ...parameters }).href);
    await walkToEnd({ page }, world.customer(login));
    return new URL((await back).url());
  };

  // An app of the customer's own machine listens where it can.
  const listener = createServer((request, answer) => answer.end('received'));
  before(() => new Promise((done) => { listener.listen(0, '127.0.0.1', done); }));
  after(() => new Promise((done) => { listener.close(done); listener.closeAllConnections(); }));
  const redirectUri = (own) => own.redirect_uris[0].replace('http://127.0.0.1/', `http://127.0.0.1:${listener.address().port}/`);

  for (const [name, issuer, authentication, bank, login] of [
    ['the shared issuer, a secret in the header', '', oauth.ClientSecretBasic, '2476', 'hida0001'],
    ['the issuer of one bank, a secret in the form', '/hana', oauth.ClientSecretPost, undefined, 'hana0001'],
    ['the shared issuer, no secret', '', oauth.None, '2277', 'hana0002'],
  ]) {
    test(name, async () => {
      const own = known(authentication === oauth.None ? 'plain_public' : 'plain_confidential');
      const authenticated = own.client_secret ? authentication(own.client_secret) : authentication();
      const config = await oauth.discovery(new URL(`${platformUrl}${issuer}`), own.client_id, undefined, authenticated, plain);
      assert.ok(config.serverMetadata().authorization_response_iss_parameter_supported, 'the answer names the issuer');

      const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
      const expectedState = oauth.randomState();
      const url = await consented(config, redirectUri(own), login, {
        scope, state: expectedState, code_challenge_method: 'S256',
        code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier), ...(bank && { bank }),
      });
      const tokens = await oauth.authorizationCodeGrant(config, url, { pkceCodeVerifier, expectedState });
      assert.equal(tokens.scope, scope);
      assert.ok(tokens.expires_in > 0 && tokens.link_id && tokens.link_expires_at);

      const read = await oauth.fetchProtectedResource(config, tokens.access_token, new URL(`${platformUrl}/api/v1/accounts`), 'GET');
      assert.ok((await read.json()).accounts.length > 0);

      const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token);
      assert.equal(refreshed.link_id, tokens.link_id);
      const latest = refreshed.refresh_token ?? tokens.refresh_token;
      if (own.client_secret) {
        assert.equal((await oauth.tokenIntrospection(config, refreshed.access_token)).active, true);
      }
      await oauth.tokenRevocation(config, latest);
      await assert.rejects(oauth.refreshTokenGrant(config, latest), { error: 'invalid_grant' });
      await assert.rejects(oauth.fetchProtectedResource(config, refreshed.access_token, new URL(`${platformUrl}/api/v1/accounts`), 'GET'),
        (error) => error.status === 401 && error.cause[0].scheme === 'bearer');
    });
  }

  test('what goes wrong is an error of the protocol', async () => {
    const own = known('plain_confidential');
    const wrong = await oauth.discovery(new URL(platformUrl), own.client_id, undefined, oauth.ClientSecretBasic('wrong'), plain);
    await assert.rejects(oauth.refreshTokenGrant(wrong, 'x'), (error) => error.status === 401 && (error.error ?? error.cause?.[0]?.scheme) !== undefined);
    const config = await oauth.discovery(new URL(platformUrl), own.client_id, undefined, oauth.ClientSecretBasic(own.client_secret), plain);
    const refused = await consented(config, redirectUri(own), 'hida0001', { scope: 'nothing', state: 's', bank: '2476', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' });
    await assert.rejects(oauth.authorizationCodeGrant(config, refused, { expectedState: 's' }), { error: 'invalid_scope' });
  });
});
