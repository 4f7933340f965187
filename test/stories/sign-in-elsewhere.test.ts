// Signing in by the company's identity provider (OpenID Connect), and by its own check of passwords.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  type IdentityProvider,
  startIdentityProvider,
} from '../../sandbox/identity-provider/start-identity-provider.ts';
import type { Session } from '../../src/contract/people.ts';
import {
  ADMIN,
  addPerson,
  type Browser,
  openBrowser,
  signInAs,
  WITH_ADMIN,
} from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

async function startWithProvider(
  environment: Record<string, string> = {},
): Promise<{ usher: TestUsher; provider: IdentityProvider }> {
  const provider = await startIdentityProvider();
  onTestFinished(() => provider.stop());
  const usher = await startTestUsher({
    ...WITH_ADMIN,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_NAME: 'Company',
    ...environment,
  });
  return { usher, provider };
}

/** There and back; answers where the callback sends the browser. */
async function goThrough(
  browser: Browser,
  change = (url: string) => url,
  query = '',
): Promise<string | null> {
  const left = await browser.send('GET', `/api/v1/session/oidc${query}`);
  const there = await fetch(left.headers.get('location') ?? '', { redirect: 'manual' });
  const back = change(there.headers.get('location') ?? '');
  const answer = await browser.send('GET', back);
  return answer.headers.get('location');
}

test('a user with the provider’s verified address is let in, with the role given here', async () => {
  const { usher, provider } = await startWithProvider();
  provider.claims = { email: ADMIN.email.toUpperCase(), email_verified: true, name: 'Other' };
  const browser = openBrowser(usher);
  expect((await browser.send('GET', '/api/v1/sign-in')).body).toMatchObject({
    oidc: { name: 'Company' },
  });
  expect(await goThrough(browser)).toBe('/');
  const { body } = await browser.send<Session>('GET', '/api/v1/session');
  expect(body.user).toMatchObject({ email: ADMIN.email, role: 'admin', name: 'admin' });
  expect([...browser.cookies.keys()]).toEqual(['usher_session']);
});

test('nobody is let in with an address that is not verified, or that nobody here has', async () => {
  const { usher, provider } = await startWithProvider();
  for (const [claims, error] of [
    [{ email: ADMIN.email, email_verified: false }, 'oidc.unverified'],
    [{ email: ADMIN.email }, 'oidc.unverified'],
    [{ email: ADMIN.email, email_verified: 'true' }, 'oidc.unverified'],
    [{ email: 'ana@example.com', email_verified: true }, 'oidc.unknown-user'],
    [{ email: ADMIN.email, email_verified: true, nonce: 'another' }, 'oidc.failed'],
  ] as const) {
    provider.claims = claims;
    const browser = openBrowser(usher);
    expect(await goThrough(browser)).toBe(`/sign-in?error=${error}`);
    expect(browser.cookies.has('usher_session')).toBe(false);
  }
});

test('whom the provider vouches for becomes an agent when that is configured', async () => {
  const { usher } = await startWithProvider({ OIDC_CREATE_USERS: 'true' });
  const browser = openBrowser(usher);
  expect(await goThrough(browser)).toBe('/');
  const { body } = await browser.send<Session>('GET', '/api/v1/session');
  expect(body.user).toMatchObject({ email: 'ana@example.com', role: 'agent', name: 'Ana' });
});

test('whoever gets somebody’s address at the provider later is not that person', async () => {
  const { usher, provider } = await startWithProvider();
  provider.claims = { email: ADMIN.email, email_verified: true };
  expect(await goThrough(openBrowser(usher))).toBe('/');
  provider.subject = 'person-2';
  const stranger = openBrowser(usher);
  expect(await goThrough(stranger)).toBe('/sign-in?error=oidc.bound-to-another');
  expect(stranger.cookies.has('usher_session')).toBe(false);
});

test('whoever was bound is let in by issuer and subject, whatever address the provider tells', async () => {
  const { usher, provider } = await startWithProvider();
  const { userId } = await addPerson(usher, {
    name: 'Budi',
    email: 'budi@example.com',
    role: 'supervisor',
  });
  provider.claims = { email: 'budi@example.com', email_verified: true };
  await goThrough(openBrowser(usher));
  for (const claims of [{ email: ADMIN.email, email_verified: true }, {}]) {
    provider.claims = claims;
    const browser = openBrowser(usher);
    expect(await goThrough(browser)).toBe('/');
    const { body } = await browser.send<Session>('GET', '/api/v1/session');
    expect(body.user.id).toBe(userId);
  }
});

test('two strangers with one verified address at once: one is bound, the other refused', async () => {
  const { usher, provider } = await startWithProvider({ OIDC_CREATE_USERS: 'true' });
  const waysBack: [Browser, string][] = [];
  for (const subject of ['one', 'two']) {
    provider.subject = subject;
    const browser = openBrowser(usher);
    await goThrough(browser, (url) => {
      waysBack.push([browser, url]);
      return '/livez';
    });
  }
  const answers = await Promise.all(
    waysBack.map(async ([browser, url]) =>
      (await browser.send('GET', url)).headers.get('location'),
    ),
  );
  expect(answers.sort()).toEqual(['/', '/sign-in?error=oidc.bound-to-another']);
});

test('an admin unlinks a person, who is signed out; the next one with the address is linked', async () => {
  const { usher, provider } = await startWithProvider();
  provider.claims = { email: ADMIN.email, email_verified: true };
  const browser = openBrowser(usher);
  await goThrough(browser);
  const { body } = await browser.send<Session>('GET', '/api/v1/session');
  const path = `/api/v1/users/${body.user.id}/single-sign-on`;
  expect((await usher.call('DELETE', path)).status).toBe(204);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
  provider.subject = 'person-2';
  expect(await goThrough(openBrowser(usher))).toBe('/');
  const { pool } = usher.database;
  const { rows } = await pool.query('select subject from user_identity');
  expect(rows).toEqual([{ subject: 'person-2' }]);
});

test('a session by the provider ends after the hours it was given, however much it is used', async () => {
  const { usher, provider } = await startWithProvider({ OIDC_SESSION_HOURS: '2' });
  provider.claims = { email: ADMIN.email, email_verified: true };
  const browser = openBrowser(usher);
  await goThrough(browser);
  const { pool } = usher.database;
  const { rows } = await pool.query(
    `select round(extract(epoch from expires_at - created_at))::integer as seconds from login_session`,
  );
  expect(rows).toEqual([{ seconds: 7200 }]);
  await usher.clock.advance(7_140_000);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(200);
  await usher.clock.advance(60_000);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
});

test('whoever signs in by the provider alone makes no password by holding a session; a new proof there allows it', async () => {
  const { usher, provider } = await startWithProvider({ OIDC_CREATE_USERS: 'true' });
  const browser = openBrowser(usher);
  await goThrough(browser);
  const choose = () =>
    browser.send('PATCH', '/api/v1/session', { body: { newPassword: 'chosen by a thief' } });
  expect(await choose()).toMatchObject({ status: 403, body: { code: 'session.proof-needed' } });
  provider.ignoresPrompt = true;
  provider.authTime -= 3600;
  const prove = () => goThrough(browser, (url) => url, '?proofFor=/profile');
  expect(await prove()).toBe('/profile?error=oidc.failed');
  expect((await choose()).status).toBe(403);
  provider.ignoresPrompt = false;
  provider.subject = 'person-2';
  expect(await prove()).toBe('/profile?error=session.proof-failed');
  provider.subject = 'person-1';
  expect(await prove()).toBe('/profile');
  expect((await choose()).status).toBe(200);
});

test('a sign-in for which the provider asked nothing proves nothing anew; one there does', async () => {
  const { usher, provider } = await startWithProvider();
  const claims = { email: ADMIN.email, email_verified: true };
  const makeToken = (browser: Browser) =>
    browser.send('POST', '/api/v1/tokens', { body: { name: 'mine', role: 'agent' } });
  provider.claims = { ...claims, auth_time: undefined };
  const untold = openBrowser(usher);
  expect(await goThrough(untold)).toBe('/');
  expect(await makeToken(untold)).toMatchObject({ body: { code: 'session.proof-needed' } });
  provider.claims = claims;
  provider.authTime -= 3600;
  const borrowed = openBrowser(usher);
  expect(await goThrough(borrowed)).toBe('/');
  expect(await makeToken(borrowed)).toMatchObject({ body: { code: 'session.proof-needed' } });
  expect(await goThrough(borrowed, (url) => url, '?proofFor=/settings')).toBe('/settings');
  expect((await makeToken(borrowed)).status).toBe(201);
});

test('whoever has proved who they are is led to our own pages alone', async () => {
  const { usher } = await startWithProvider();
  for (const path of [
    '//evil.example',
    '/%09/evil.example',
    '/%0A/evil.example',
    '/%5Cevil.example',
  ]) {
    const left = await openBrowser(usher).send('GET', `/api/v1/session/oidc?proofFor=${path}`);
    expect(left.status, path).toBe(400);
  }
});

test('only by single sign-on: no password, no invitation and no company’s check lets anybody in, and who was in by one is out', async () => {
  const { usher, provider } = await startWithProvider();
  const byPassword = await signInAs(usher);
  const rule = (onlySingleSignOn: boolean) => ({ body: { onlySingleSignOn } });
  expect(await byPassword.send('PATCH', '/api/v1/settings', rule(true))).toMatchObject({
    status: 400,
    body: { code: 'settings.invalid' },
  });
  provider.claims = { email: ADMIN.email, email_verified: true };
  const bySso = openBrowser(usher);
  await goThrough(bySso);
  expect((await bySso.send('PATCH', '/api/v1/settings', rule(true))).status).toBe(200);
  expect((await byPassword.send('GET', '/api/v1/session')).status).toBe(401);
  expect((await bySso.send('GET', '/api/v1/sign-in')).body).toMatchObject({ password: false });
  const refused = { status: 403, body: { code: 'sign-in.single-sign-on-only' } };
  const browser = openBrowser(usher);
  expect(await browser.send('POST', '/api/v1/session', { body: ADMIN })).toMatchObject(refused);
  const { body } = await usher.call('POST', '/api/v1/users', {
    body: { name: 'Budi', email: 'budi@example.com', role: 'agent' },
  });
  const code = (body as { inviteUrl: string }).inviteUrl.split('/').at(-1);
  expect(
    await browser.send('POST', `/api/v1/invites/${code}`, { body: { password: 'chosen by me' } }),
  ).toMatchObject(refused);
  expect(
    await bySso.send('PATCH', '/api/v1/session', {
      body: { currentPassword: ADMIN.password, newPassword: 'chosen by me' },
    }),
  ).toMatchObject(refused);
  // The operator's way back, by a token of the command line.
  expect((await usher.call('PATCH', '/api/v1/settings', rule(false))).status).toBe(200);
  await signInAs(usher);
});

test('an answer that this browser did not ask for, or that was used, leads nowhere', async () => {
  const { usher, provider } = await startWithProvider({ OIDC_CREATE_USERS: 'true' });
  const failed = '/sign-in?error=oidc.failed';
  expect(await goThrough(openBrowser(usher), (url) => url.replace(/state=[^&]+/, 'state=x'))).toBe(
    failed,
  );
  const victim = openBrowser(usher);
  let used = '';
  await goThrough(openBrowser(usher), (url) => {
    used = url;
    return `${new URL(url).pathname}?error=access_denied`;
  });
  expect((await victim.send('GET', used)).headers.get('location')).toBe(failed);
  const twice = openBrowser(usher);
  await goThrough(twice, (url) => {
    used = url;
    return url;
  });
  expect((await twice.send('GET', used)).headers.get('location')).toBe(failed);
  expect(provider.refused).toEqual([]);
});

test('a provider that is away is told as that, and is asked again by the next one', async () => {
  const { usher, provider } = await startWithProvider();
  const { stop } = provider;
  await stop();
  const answer = await openBrowser(usher).send('GET', '/api/v1/session/oidc');
  expect(answer).toMatchObject({ status: 502, body: { code: 'oidc.unavailable' } });
  const person = await openBrowser(usher).send('GET', '/api/v1/session/oidc', {
    headers: { accept: 'text/html,*/*' },
  });
  expect(person.headers.get('location')).toBe('/sign-in?error=oidc.unavailable');
  provider.stop = async () => {};
});

test('without a provider there is no such way in', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  for (const path of ['/api/v1/session/oidc', '/api/v1/session/oidc/callback?code=1']) {
    expect(await openBrowser(usher).send('GET', path)).toMatchObject({
      status: 404,
      body: { code: 'oidc.not-configured' },
    });
  }
});

interface Company {
  usher: TestUsher;
  asked: { path: string; body: unknown }[];
  answer: { status: number; body: string };
}

async function startWithCompany(): Promise<Company> {
  const company: Pick<Company, 'asked' | 'answer'> = {
    asked: [],
    answer: { status: 404, body: '' },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    company.asked.push({ path: `${request.method} ${request.url}`, body: JSON.parse(text) });
    response.writeHead(company.answer.status, { 'content-type': 'application/json' });
    response.end(company.answer.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const usher = await startTestUsher({
    ...WITH_ADMIN,
    AUTHENTICATION_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
  });
  return Object.assign(company, { usher });
}

const typed = { email: 'budi@example.com', password: 'theirs' };

test('whom the company knows is let in; its answer makes the agent, and renames it', async () => {
  const company = await startWithCompany();
  const { usher } = company;
  const person = { id: '7', name: 'Budi', email: typed.email, type: 'support/supervisor' };
  const avatarURL = 'https://example.com/budi.png';
  company.answer = { status: 200, body: JSON.stringify({ ...person, avatarURL }) };
  const browser = await signInAs(usher, typed);
  expect(company.asked).toEqual([{ path: 'POST /chimpassist/auth', body: typed }]);
  const { body } = await browser.send<Session>('GET', '/api/v1/session');
  expect(body.user).toMatchObject({ name: 'Budi', role: 'supervisor', avatarUrl: avatarURL });
  const skills = (await usher.call('GET', '/api/v1/skills')).body as { items: { id: string }[] };
  expect(skills.items).toMatchObject([{ name: 'support/supervisor' }]);
  expect((await usher.call('GET', `/api/v1/agents/${body.user.agentId}`)).body).toMatchObject({
    skillIds: skills.items.map(({ id }) => id),
  });
  company.answer.body = JSON.stringify({
    ...person,
    name: 'Budi Santoso',
    type: 'support/firstLevel',
  });
  const again = await (await signInAs(usher, typed)).send<Session>('GET', '/api/v1/session');
  expect(again.body.user).toMatchObject({
    name: 'Budi Santoso',
    role: 'supervisor',
    avatarUrl: null,
  });
});

test('unknown to the company and wrong there are one answer; its trouble is another', async () => {
  const company = await startWithCompany();
  const refuse = async (status: number, body = '{}') => {
    company.answer = { status, body };
    const answer = await openBrowser(company.usher).send('POST', '/api/v1/session', {
      body: typed,
    });
    return [answer.status, answer.body.code];
  };
  expect(await refuse(404)).toEqual([401, 'sign-in.failed']);
  expect(await refuse(401)).toEqual([401, 'sign-in.failed']);
  expect(await refuse(500)).toEqual([502, 'sign-in.unavailable']);
  expect(await refuse(302)).toEqual([502, 'sign-in.unavailable']);
  expect(await refuse(200, '[]')).toEqual([502, 'sign-in.unavailable']);
  expect(await refuse(200, '<html>')).toEqual([502, 'sign-in.unavailable']);
});

test('who has a password here is let in without the company being asked', async () => {
  const company = await startWithCompany();
  await signInAs(company.usher);
  expect(company.asked).toEqual([]);
});
