// Signing in and out, the first admin, and what stands between a stranger and the door.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Session } from '../../src/contract/people.ts';
import { startUsher } from '../../src/main.ts';
import { ADMIN, addPerson, openBrowser, signInAs, WITH_ADMIN } from '../makers/browse.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { watchErrors } from '../makers/watch-errors.ts';

const DAY_MS = 86_400_000;

const ana = { name: 'Ana', email: 'ana@example.com', role: 'agent' as const };

test('the first admin is set up once, with the code that the start has shown', async () => {
  const usher = await startTestUsher();
  const browser = openBrowser(usher);
  const page = await browser.send('GET', '/api/v1/sign-in');
  expect(page.body).toEqual({
    firstRun: true,
    reset: false,
    password: true,
    oidc: null,
    branding: {
      pageTitle: 'Usher',
      loginTitle: null,
      logoUrl: null,
      favIconUrl: null,
      language: null,
      onlineLabel: null,
      offlineLabel: null,
    },
  });
  const body = { name: 'Ana', email: ADMIN.email, password: ADMIN.password };
  const wrong = await browser.send('POST', '/api/v1/first-run', {
    body: { ...body, code: 'AAAA' },
  });
  expect(wrong).toMatchObject({ status: 403, body: { code: 'first-run.wrong-code' } });
  const code = usher.firstRunCode?.toLowerCase();
  const right = await browser.send<Session>('POST', '/api/v1/first-run', {
    body: { ...body, code },
  });
  expect(right).toMatchObject({ status: 200, body: { user: { name: 'Ana', role: 'admin' } } });
  expect(right.body.can).toContain('users.write');
  expect((await browser.send('GET', '/api/v1/sign-in')).body).toMatchObject({ firstRun: false });
  const again = await browser.send('POST', '/api/v1/first-run', { body: { ...body, code } });
  expect(again).toMatchObject({ status: 409, body: { code: 'first-run.done' } });
});

test('two who set up the first admin at once: one is, the other is told', async () => {
  const usher = await startTestUsher();
  const set = (n: number) =>
    openBrowser(usher).send('POST', '/api/v1/first-run', {
      body: {
        name: 'A',
        email: `a${n}@example.com`,
        password: 'long enough',
        code: usher.firstRunCode,
      },
    });
  const answers = await Promise.all([set(1), set(2), set(3)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('an admin of the environment signs in, and there is no code', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  expect(usher.firstRunCode).toBeNull();
  const browser = await signInAs(usher);
  const { body } = await browser.send<Session>('GET', '/api/v1/session');
  expect(body).toMatchObject({
    user: { email: ADMIN.email, role: 'admin', avatarUrl: null, locale: null },
    workspace: { name: 'Default' },
  });
  expect((await usher.call('GET', `/api/v1/agents/${body.user.agentId}`)).status).toBe(200);
});

test('over https the cookie is for this host alone, and no script can read it', async () => {
  const usher = await startTestUsher({ ...WITH_ADMIN, PUBLIC_URL: 'https://usher.example.com' });
  const { headers } = await openBrowser(usher).send('POST', '/api/v1/session', { body: ADMIN });
  expect(headers.get('set-cookie')).toMatch(
    /^__Host-usher_session=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure$/,
  );
});

test('a wrong password and an unknown address are answered alike, and take as long', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const refuse = async (body: object) => {
    const from = performance.now();
    const answer = await openBrowser(usher).send('POST', '/api/v1/session', { body });
    const { requestId: _, ...rest } = answer.body;
    return { ...rest, ms: performance.now() - from };
  };
  // Of three tries the quickest: a machine may stand still during one.
  const quickest = async (body: object) => {
    const answers = [await refuse(body), await refuse(body), await refuse(body)];
    return answers.reduce((one, other) => (other.ms < one.ms ? other : one));
  };
  await refuse({ email: 'warm@example.com', password: 'x' });
  const wrong = await quickest({ email: ADMIN.email, password: 'wrong' });
  const unknown = await quickest({ email: 'nobody@example.com', password: 'wrong' });
  expect(wrong).toMatchObject({ status: 401, code: 'sign-in.failed' });
  expect({ ...unknown, ms: 0 }).toEqual({ ...wrong, ms: 0 });
  // Both compute a hash of 19 MiB; without it an answer takes some 3 ms.
  expect(unknown.ms).toBeGreaterThan(wrong.ms / 4);
});

test('after ten wrong passwords an address is closed for a while, wherever the tries come from', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const guess = (password: string, from = '192.0.2.1') =>
    openBrowser(usher).send('POST', '/api/v1/session', {
      body: { email: ADMIN.email, password },
      headers: { 'x-forwarded-for': from },
    });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => guess(`wrong ${n}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  const closed = await guess(ADMIN.password, '192.0.2.2');
  expect(closed).toMatchObject({ status: 429, body: { code: 'sign-in.too-many' } });
  expect(closed.headers.get('retry-after')).toBe('900');
  await usher.clock.advance(16 * 60_000);
  expect((await guess(ADMIN.password)).status).toBe(200);
});

test('who signs in rightly is not counted, however many there are behind one address', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  for (let n = 0; n < 12; n += 1) await signInAs(usher);
  const { rows } = await usher.database.pool.query(
    'select sum(tries)::integer as tries from try_count',
  );
  expect(rows).toEqual([{ tries: 0 }]);
});

test('a change by the cookie must come from our own pages', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const browser = await signInAs(usher);
  const body = { name: 'Mallory' };
  for (const origin of [null, 'https://evil.example', 'null']) {
    for (const [method, path] of [
      ['PATCH', '/api/v1/session'],
      ['DELETE', '/api/v1/sessions'],
      ['POST', '/api/v1/teams'],
    ] as const) {
      const answer = await browser.send(method, path, { body, origin });
      expect(answer).toMatchObject({ status: 403, body: { code: 'session.foreign-origin' } });
    }
  }
  const elsewhere = { body: ADMIN, origin: 'https://evil.example' };
  expect((await openBrowser(usher).send('POST', '/api/v1/session', elsewhere)).status).toBe(403);
  expect((await browser.send('POST', '/api/v1/teams', { body })).status).toBe(201);
});

test('over https a cookie without the prefix is nobody’s, and a page over http is foreign', async () => {
  const usher = await startTestUsher({ ...WITH_ADMIN, PUBLIC_URL: 'https://usher.example.com' });
  const browser = openBrowser(usher);
  const origin = 'https://usher.example.com';
  const enter = (from: string) =>
    browser.send('POST', '/api/v1/session', { body: ADMIN, origin: from });
  expect(await enter('http://usher.example.com')).toMatchObject({
    status: 403,
    body: { code: 'session.foreign-origin' },
  });
  expect((await enter(origin)).status).toBe(200);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(200);
  const secret = browser.cookies.get('__Host-usher_session') ?? '';
  browser.cookies.clear();
  browser.cookies.set('usher_session', secret);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
});

test('behind a proxy with TLS the scheme that it tells counts; of a stranger it does not', async () => {
  const named = await startTestUsher(WITH_ADMIN);
  const host = new URL(named.url).host;
  const enter = (usher: { url: string }, origin: string) =>
    openBrowser(usher).send('POST', '/api/v1/session', {
      body: ADMIN,
      origin,
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'desk.example.com' },
    });
  expect((await enter(named, 'https://desk.example.com')).status).toBe(200);
  expect((await enter(named, 'http://desk.example.com')).status).toBe(403);
  expect((await enter(named, `https://${host}`)).status).toBe(403);
  const strict = await startTestUsher({ ...WITH_ADMIN, USHER_TRUSTED_PROXIES: 'none' });
  expect((await enter(strict, 'https://desk.example.com')).status).toBe(403);
});

test('the first-run code is in no log, but in a file that only its owner reads, until somebody can sign in', async () => {
  const lines: string[] = [];
  const usher = await startTestUsher({}, { onLine: (line) => void lines.push(line) });
  const code = usher.firstRunCode ?? 'none';
  expect(lines.join('')).not.toContain(code);
  const file = join(usher.dataDir, 'first-run-code');
  expect(lines.join('')).toContain(file);
  expect((await readFile(file, 'utf8')).trim()).toBe(code);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const body = { code, name: 'Ana', ...ADMIN };
  await openBrowser(usher).send('POST', '/api/v1/first-run', { body });
  await usher.stop();
  const config = { DATABASE_URL: usher.database.url, USHER_DATA_DIR: usher.dataDir, PORT: '0' };
  const { log, check } = watchErrors();
  const again = await startUsher(readConfig(config), log);
  onTestFinished(async () => {
    await again.stop();
    check();
  });
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('a password that everybody tries first, or one’s own name, is refused wherever one is chosen', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { body } = await usher.call('POST', '/api/v1/users', { body: ana });
  const code = (body as { inviteUrl: string }).inviteUrl.split('/').at(-1);
  const refused = { status: 400, body: { code: 'password.common' } };
  for (const password of ['password1', 'PASSWORD1', ' iloveyou ', 'ana@example.com']) {
    const answer = await openBrowser(usher).send('POST', `/api/v1/invites/${code}`, {
      body: { password },
    });
    expect(answer, password).toMatchObject(refused);
  }
  const browser = await signInAs(usher);
  const change = { currentPassword: ADMIN.password, newPassword: 'qwertyuiop' };
  expect(await browser.send('PATCH', '/api/v1/session', { body: change })).toMatchObject(refused);
  const fresh = await startTestUsher();
  const first = { code: fresh.firstRunCode, name: 'Ana', email: ana.email, password: 'iloveyou' };
  expect(await openBrowser(fresh).send('POST', '/api/v1/first-run', { body: first })).toMatchObject(
    refused,
  );
});

test('signing out ends this browser’s session, or all of them', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const [one, two, three] = [await signInAs(usher), await signInAs(usher), await signInAs(usher)];
  const kept = one.cookies.get('usher_session') ?? '';
  expect((await one.send('DELETE', '/api/v1/session')).status).toBe(204);
  expect(one.cookies.has('usher_session')).toBe(false);
  one.cookies.set('usher_session', kept);
  expect(await one.send('GET', '/api/v1/session')).toMatchObject({
    status: 401,
    body: { code: 'session.missing' },
  });
  expect((await two.send('GET', '/api/v1/session')).status).toBe(200);
  expect((await two.send('DELETE', '/api/v1/sessions')).status).toBe(204);
  expect((await three.send('GET', '/api/v1/agents')).status).toBe(401);
});

test('a session ends after 14 days without use, and after 90 days in any case', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const browser = await signInAs(usher);
  const { pool } = usher.database;
  const look = async () => (await browser.send('GET', '/api/v1/session')).status;
  await usher.clock.advance(13 * DAY_MS);
  expect(await look()).toBe(200);
  const { rows } = await pool.query(
    `select seen_at > now() - interval '1 minute' as fresh from login_session`,
  );
  expect(rows).toEqual([{ fresh: true }]);
  await usher.clock.advance(15 * DAY_MS);
  expect(await look()).toBe(401);
  const used = await signInAs(usher);
  const use = async () => (await used.send('GET', '/api/v1/session')).status;
  for (let days = 0; days < 84; days += 12) {
    expect(await use()).toBe(200);
    await usher.clock.advance(12 * DAY_MS);
  }
  expect(await use()).toBe(200);
  await usher.clock.advance(7 * DAY_MS);
  expect(await use()).toBe(401);
});

test('people change their own name, language and password; the password signs out elsewhere', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, agentId, password } = await addPerson(usher, ana);
  const elsewhere = await signInAs(usher, { email: ana.email, password });
  const named = await browser.send('PATCH', '/api/v1/session', {
    body: { name: 'Ana Souza', locale: 'pt-BR' },
  });
  expect(named.body).toMatchObject({ user: { name: 'Ana Souza', locale: 'pt-BR' } });
  expect((await usher.call('GET', `/api/v1/agents/${agentId}`)).body).toMatchObject({
    name: 'Ana Souza',
  });
  const newPassword = 'another long one';
  const change = (currentPassword: string) =>
    browser.send('PATCH', '/api/v1/session', { body: { currentPassword, newPassword } });
  expect(await change('not this')).toMatchObject({
    status: 403,
    body: { code: 'session.wrong-password' },
  });
  expect((await change(password)).status).toBe(200);
  expect((await elsewhere.send('GET', '/api/v1/session')).status).toBe(401);
  await signInAs(usher, { email: ana.email, password: newPassword });
  await expect(signInAs(usher, { email: ana.email, password })).rejects.toThrow('sign-in.failed');
});

test('no password and no secret is kept as it is', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const browser = await signInAs(usher);
  const { rows } = await usher.database.pool.query(
    `select password_hash, (select encode(hash, 'escape') || s::text from login_session s) as session from user_account`,
  );
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(rows[0].session).not.toContain(browser.cookies.get('usher_session'));
});

test('what is not valid is told in words', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const browser = await signInAs(usher);
  const say = async (method: string, path: string, body: object) =>
    (await browser.send(method, path, { body })).body;
  expect(await say('PATCH', '/api/v1/session', { newPassword: 'short' })).toMatchObject({
    code: 'request.invalid',
    detail: 'body.newPassword needs 8 characters or more.',
  });
  expect(await say('POST', '/api/v1/session', { email: 'a' })).toMatchObject({
    code: 'request.invalid',
    detail: 'body lacks password: add it.',
  });
  expect(
    await say('POST', '/api/v1/users', { name: 'A', email: 'a', role: 'agent' }),
  ).toMatchObject({
    detail: 'body.email is no e-mail address: write it as name@example.com.',
  });
});
