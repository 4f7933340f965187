// A second factor: set up, asked for, shown once, lost; and proving anew who one is.
import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import {
  ADMIN,
  addPerson,
  type Browser,
  openBrowser,
  signInAs,
  WITH_ADMIN,
} from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const PATH = '/api/v1/session/second-factor';
const ana = { name: 'Ana', email: 'ana@example.com', role: 'agent' as const };
const MINUTE_MS = 60_000;
const STEP_MS = 30_000;
const ON_ITS_WAY_MS = 5000;

/** The code of so many steps from now on; a code of the step before and after is taken too. */
function codeOf({ clock }: TestUsher, secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: clock.now() + steps * STEP_MS });
}

/** Until enough is left of the step for a code to arrive, also on a machine that stands still. */
async function awaitRoom({ clock }: TestUsher): Promise<void> {
  const left = STEP_MS - (clock.now() % STEP_MS);
  if (left < ON_ITS_WAY_MS) await clock.advance(left);
}

async function setUp(
  usher: TestUsher,
  browser: Browser,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await browser.send<{ secret: string; uri: string }>('POST', `${PATH}/setup`);
  if (begun.status !== 200) throw new Error(begun.text);
  const { secret, uri } = begun.body;
  expect(uri).toMatch(new RegExp(`^otpauth://totp/Usher:.*secret=${secret}`));
  await awaitRoom(usher);
  const confirmed = await browser.send<{ recoveryCodes: string[] }>(
    'POST',
    `${PATH}/setup/confirm`,
    // Of the step before: the present one is left for what follows.
    { body: { code: codeOf(usher, secret, -1) } },
  );
  if (confirmed.status !== 200) throw new Error(confirmed.text);
  return { secret, recoveryCodes: confirmed.body.recoveryCodes };
}

async function enter(usher: TestUsher, who = ADMIN): Promise<Browser> {
  const browser = openBrowser(usher);
  const { status, body } = await browser.send('POST', '/api/v1/session', { body: who });
  expect({ status, body }).toEqual({ status: 202, body: { secondFactor: 'code' } });
  return browser;
}

const show = (browser: Browser, code: string) => browser.send('POST', PATH, { body: { code } });

test('with the password alone nothing opens; a code of the app opens it, once', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { secret } = await setUp(usher, await signInAs(usher));
  const browser = await enter(usher);
  const needed = { status: 401, body: { code: 'second-factor.needed' } };
  for (const [method, path] of [
    ['GET', '/api/v1/session'],
    ['PATCH', '/api/v1/session'],
    ['GET', '/api/v1/conversations'],
    ['POST', '/api/v1/session/mqtt'],
    ['DELETE', PATH],
    ['POST', `${PATH}/setup`],
    ['POST', `${PATH}/recovery-codes`],
    ['POST', '/api/v1/session/proof'],
  ] as const) {
    const body = { name: 'X' };
    const answer = await browser.send(method, path, method === 'GET' ? {} : { body });
    expect(answer, path).toMatchObject(needed);
  }
  const wrong = await show(browser, '000000');
  expect(wrong).toMatchObject({ status: 403, body: { code: 'second-factor.wrong-code' } });
  const code = codeOf(usher, secret);
  expect(await show(browser, code)).toMatchObject({ status: 200, body: { user: ADMIN_USER } });
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(200);
  expect((await show(await enter(usher), code)).status).toBe(403);
  expect((await show(await enter(usher), codeOf(usher, secret, 1))).status).toBe(200);
});
const ADMIN_USER = { email: ADMIN.email };

test('one code shown by eight at once lets one in', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { secret } = await setUp(usher, await signInAs(usher));
  const browsers = await Promise.all(Array.from({ length: 8 }, () => enter(usher)));
  const code = codeOf(usher, secret);
  const answers = await Promise.all(browsers.map((browser) => show(browser, code)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('a recovery code is good once, however it is typed, and is kept as a hash', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { recoveryCodes } = await setUp(usher, await signInAs(usher));
  expect(new Set(recoveryCodes).size).toBe(10);
  const [first = '', second = ''] = recoveryCodes;
  const browser = await enter(usher);
  const typed = first.toLowerCase().replaceAll('-', ' ');
  expect((await show(browser, typed)).status).toBe(200);
  expect((await show(await enter(usher), first)).status).toBe(403);
  expect((await browser.send('GET', PATH)).body).toMatchObject({ recoveryCodesLeft: 9 });
  const renewed = await browser.send<{ recoveryCodes: string[] }>('POST', `${PATH}/recovery-codes`);
  expect((await show(await enter(usher), second)).status).toBe(403);
  expect((await show(await enter(usher), renewed.body.recoveryCodes[0] ?? '')).status).toBe(200);
  const { rows } = await usher.database.pool.query('select hash from recovery_code');
  expect(JSON.stringify(rows)).not.toContain(renewed.body.recoveryCodes[1]);
});

test('after ten wrong codes no more are taken, though the password is shown again and again', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { secret } = await setUp(usher, await signInAs(usher));
  for (let n = 0; n < 10; n += 1) {
    expect((await show(await enter(usher), '000000')).status).toBe(403);
  }
  expect(await show(await enter(usher), codeOf(usher, secret))).toMatchObject({
    status: 429,
    body: { code: 'sign-in.too-many' },
  });
});

test('what waits for its second factor is over after a quarter of an hour', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { secret } = await setUp(usher, await signInAs(usher));
  const browser = await enter(usher);
  await usher.clock.advance(15 * MINUTE_MS);
  expect(await show(browser, codeOf(usher, secret))).toMatchObject({
    status: 401,
    body: { code: 'session.missing' },
  });
});

test('a role that needs a second factor: who is in without one is out, and gets in by setting one up', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, userId, password } = await addPerson(usher, ana);
  const rule = (secondFactorRoles: string[]) =>
    usher.call('PATCH', '/api/v1/settings', { body: { secondFactorRoles } });
  expect((await rule(['supervisor'])).status).toBe(200);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(200);
  // A higher role counts at once.
  await usher.call('PATCH', `/api/v1/users/${userId}`, { body: { role: 'supervisor' } });
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
  const entered = await browser.send('POST', '/api/v1/session', {
    body: { email: ana.email, password },
  });
  expect(entered).toMatchObject({ status: 202, body: { secondFactor: 'enrol' } });
  expect(await browser.send('GET', '/api/v1/conversations')).toMatchObject({
    status: 401,
    body: { code: 'second-factor.to-set-up' },
  });
  const { secret } = await setUp(usher, browser);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(200);
  expect(await browser.send('DELETE', PATH)).toMatchObject({
    status: 409,
    body: { code: 'second-factor.required' },
  });
  expect(await browser.send('POST', `${PATH}/setup`)).toMatchObject({
    status: 409,
    body: { code: 'second-factor.set-up' },
  });
  await rule([]);
  expect((await browser.send('DELETE', PATH)).status).toBe(204);
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await signInAs(usher, { email: ana.email, password });
});

test('a new password by an invitation does not go past the second factor; an admin resets that apart', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, userId } = await addPerson(usher, ana);
  await setUp(usher, browser);
  const reset = await usher.call('POST', `/api/v1/users/${userId}/reset`);
  const code = (reset.body as { inviteUrl: string }).inviteUrl.split('/').at(-1);
  const body = { password: 'chosen anew' };
  const accepted = await openBrowser(usher).send('POST', `/api/v1/invites/${code}`, { body });
  expect(accepted).toMatchObject({ status: 202, body: { secondFactor: 'code' } });
  expect((await usher.call('DELETE', `/api/v1/users/${userId}/second-factor`)).status).toBe(204);
  await signInAs(usher, { email: ana.email, ...body });
});

test('what a borrowed browser must not do is refused a quarter of an hour after the sign-in, until it is proved anew', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { userId } = await addPerson(usher, ana);
  const browser = await signInAs(usher);
  const age = (minutes: number) => usher.clock.advance(minutes * MINUTE_MS);
  const guarded = [
    ['GET', '/api/v1/export?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z', undefined],
    ['POST', '/api/v1/tokens', { name: 'mine', role: 'agent' }],
    ['PATCH', `/api/v1/users/${userId}`, { role: 'supervisor' }],
    ['POST', '/api/v1/users', { name: 'Budi', email: 'budi@example.com', role: 'admin' }],
    ['POST', `/api/v1/users/${userId}/reset`, undefined],
    ['DELETE', `/api/v1/users/${userId}/second-factor`, undefined],
    ['PATCH', '/api/v1/settings', { secondFactorRoles: ['admin'] }],
    ['POST', `${PATH}/setup`, undefined],
  ] as const;
  await age(15);
  for (const [method, path, body] of guarded) {
    const answer = await browser.send(method, path, { body });
    expect(answer, path).toMatchObject({ status: 403, body: { code: 'session.proof-needed' } });
  }
  expect((await browser.send('GET', '/api/v1/session/proof')).body).toEqual({
    provedUntil: null,
    ways: ['password'],
  });
  const prove = (body: object) => browser.send('POST', '/api/v1/session/proof', { body });
  expect(await prove({ password: 'wrong' })).toMatchObject({
    status: 403,
    body: { code: 'session.proof-failed' },
  });
  expect((await prove({ password: ADMIN.password })).status).toBe(204);
  const state = await browser.send<{ provedUntil: string }>('GET', '/api/v1/session/proof');
  const left = Date.parse(state.body.provedUntil) - Date.now();
  expect(left).toBeGreaterThan(14 * MINUTE_MS);
  for (const [method, path, body] of guarded.slice(0, 3)) {
    expect((await browser.send(method, path, { body })).status, path).toBeLessThan(300);
  }
  const { secret } = await setUp(usher, browser);
  await age(15);
  expect((await prove({ code: codeOf(usher, secret) })).status).toBe(204);
});

test('people see and end their own sessions, and an admin those of others', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, userId, password } = await addPerson(usher, ana);
  const elsewhere = openBrowser(usher);
  await elsewhere.send('POST', '/api/v1/session', {
    body: { email: ana.email, password },
    headers: { 'user-agent': 'Tablet', 'x-forwarded-for': '192.0.2.7' },
  });
  const listed = await browser.send<{ items: { id: string }[] }>('GET', '/api/v1/sessions');
  expect(listed.body.items).toHaveLength(2);
  expect(listed.body.items).toContainEqual(
    expect.objectContaining({
      current: false,
      begunBy: 'password',
      address: '192.0.2.7',
      userAgent: 'Tablet',
    }),
  );
  const admin = await signInAs(usher);
  const own = await admin.send<{ items: { id: string }[] }>('GET', '/api/v1/sessions');
  const foreign = `/api/v1/sessions/${own.body.items[0]?.id}`;
  expect(await browser.send('DELETE', foreign)).toMatchObject({
    status: 404,
    body: { code: 'session.not-found' },
  });
  const other = listed.body.items.find((item) => 'current' in item && !item.current);
  expect((await browser.send('DELETE', `/api/v1/sessions/${other?.id}`)).status).toBe(204);
  expect((await elsewhere.send('GET', '/api/v1/session')).status).toBe(401);
  expect((await browser.send('GET', `/api/v1/users/${userId}/sessions`)).status).toBe(403);
  const seen = await admin.send<{ items: { id: string }[] }>(
    'GET',
    `/api/v1/users/${userId}/sessions`,
  );
  const [session] = seen.body.items;
  const path = `/api/v1/users/${userId}/sessions/${session?.id}`;
  expect((await admin.send('DELETE', path)).status).toBe(204);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
  expect((await admin.send('DELETE', path)).status).toBe(404);
});
