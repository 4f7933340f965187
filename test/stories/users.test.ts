// Those who sign in: invited, changed, reset, removed; and always an admin left.
import { expect, test } from 'vitest';
import { ADMIN, addPerson, openBrowser, signInAs, WITH_ADMIN } from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const DAY_MS = 86_400_000;

const ana = { name: 'Ana', email: 'ana@example.com', role: 'agent' as const };

async function adminId(usher: TestUsher): Promise<string> {
  const { body } = await usher.call('GET', '/api/v1/users');
  const { items } = body as { items: { id: string; email: string }[] };
  return items.find(({ email }) => email === ADMIN.email)?.id ?? '';
}

test('an invitation is good once, for seven days, and makes an agent', async () => {
  const usher = await startTestUsher({ ...WITH_ADMIN, PUBLIC_URL: 'https://usher.example.com/' });
  const { status, body } = await usher.call('POST', '/api/v1/users', { body: ana });
  const { user, inviteUrl } = body as { user: { id: string }; inviteUrl: string };
  expect({ status, user }).toMatchObject({
    status: 201,
    user: { name: 'Ana', email: ana.email, role: 'agent', invited: true, lastSignInAt: null },
  });
  expect(inviteUrl).toMatch(/^https:\/\/usher\.example\.com\/invite\/[A-Za-z0-9_-]{32}$/);
  const path = `/api/v1/invites/${inviteUrl.split('/').at(-1)}`;
  expect((await openBrowser(usher).send('GET', path)).body).toEqual({
    name: 'Ana',
    email: ana.email,
  });
  const accept = () => openBrowser(usher).send('POST', path, { body: { password: 'long enough' } });
  await usher.clock.advance(7 * DAY_MS + 1000);
  expect(await accept()).toMatchObject({ status: 404, body: { code: 'invite.not-found' } });
  // A minute before its end.
  await usher.clock.advance(-61_000);
  const answers = await Promise.all([accept(), accept()]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404]);
  const listed = (await usher.call('GET', '/api/v1/users')).body as { items: object[] };
  expect(listed.items).toContainEqual(expect.objectContaining({ id: user.id, invited: false }));
});

test('whoever is known as an agent already goes on as that agent', async () => {
  const usher = await startTestUsher();
  const agent = (
    await usher.call('POST', '/api/v1/agents', { body: { name: 'A', email: ana.email } })
  ).body as { id: string };
  const { agentId } = await addPerson(usher, ana);
  expect(agentId).toBe(agent.id);
  const twice = await usher.call('POST', '/api/v1/users', {
    body: { ...ana, email: 'ANA@example.com' },
  });
  expect(twice).toMatchObject({ status: 409, body: { code: 'user.email-taken' } });
});

test('a reset signs out everywhere and lets choose anew', async () => {
  const usher = await startTestUsher();
  const { browser, userId, password } = await addPerson(usher, ana);
  const reset = await usher.call('POST', `/api/v1/users/${userId}/reset`);
  expect((await browser.send('GET', '/api/v1/session')).status).toBe(401);
  const code = (reset.body as { inviteUrl: string }).inviteUrl.split('/').at(-1);
  const body = { password: 'chosen anew' };
  expect((await browser.send('POST', `/api/v1/invites/${code}`, { body })).status).toBe(200);
  await signInAs(usher, { email: ana.email, password: body.password });
  await expect(signInAs(usher, { email: ana.email, password })).rejects.toThrow();
});

test('the last admin who can sign in can neither be removed nor become less', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const id = await adminId(usher);
  // Only invited: that is nobody yet.
  await usher.call('POST', '/api/v1/users', { body: { ...ana, role: 'admin' } });
  const refused = { status: 409, body: { code: 'user.last-admin' } };
  const demote = (userId: string) =>
    usher.call('PATCH', `/api/v1/users/${userId}`, { body: { role: 'agent' } });
  expect(await usher.call('DELETE', `/api/v1/users/${id}`)).toMatchObject(refused);
  expect(await demote(id)).toMatchObject(refused);
  const { userId } = await addPerson(usher, { ...ana, email: 'b@example.com', role: 'admin' });
  const both = await Promise.all([demote(id), demote(userId)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a role counts from the next request on', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, userId } = await addPerson(usher, ana);
  const look = async () => (await browser.send('GET', '/api/v1/users')).status;
  expect(await look()).toBe(403);
  await usher.call('PATCH', `/api/v1/users/${userId}`, { body: { role: 'admin' } });
  expect(await look()).toBe(200);
  await usher.call('DELETE', `/api/v1/users/${userId}`);
  expect(await look()).toBe(401);
});

test('role and address of somebody who signs in are changed at the user, not at the agent', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { agentId, userId } = await addPerson(usher, ana);
  const path = `/api/v1/agents/${agentId}`;
  const refused = { status: 409, body: { code: 'agent.has-user' } };
  expect(await usher.call('PATCH', path, { body: { role: 'admin' } })).toMatchObject(refused);
  expect(await usher.call('DELETE', path)).toMatchObject(refused);
  expect((await usher.call('PATCH', path, { body: { capacity: 3 } })).status).toBe(200);
  const changed = await usher.call('PATCH', `/api/v1/users/${userId}`, {
    body: { role: 'supervisor', email: 'ana@new.example' },
  });
  expect(changed).toMatchObject({ status: 200, body: { role: 'supervisor' } });
  expect((await usher.call('GET', path)).body).toMatchObject({
    role: 'supervisor',
    email: 'ana@new.example',
  });
  expect((await usher.call('DELETE', `/api/v1/users/${userId}`)).status).toBe(204);
  expect((await usher.call('GET', path)).status).toBe(404);
});

test('every change to those who sign in is on record, without a secret', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, userId, agentId, password } = await addPerson(usher, ana);
  await usher.call('PATCH', `/api/v1/users/${userId}`, { body: { role: 'supervisor' } });
  await browser.send('PATCH', '/api/v1/session', { body: { locale: 'ko' } });
  await usher.call('POST', `/api/v1/users/${userId}/reset`);
  await usher.call('DELETE', `/api/v1/users/${userId}`);
  const { body, text } = await usher.call('GET', '/api/v1/audit?limit=200');
  const { items } = body as { items: { action: string; actor: string; objectId: string }[] };
  const ours = items.filter(({ objectId }) => objectId === userId).reverse();
  expect(ours.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'user.created token:environment',
    `user.password-set agent:${agentId}`,
    `user.signed-in agent:${agentId}`,
    'user.updated token:environment',
    `user.updated agent:${agentId}`,
    'user.reset token:environment',
    'user.removed token:environment',
  ]);
  expect(text).not.toContain(password);
  expect(text).not.toContain('argon2');
});
