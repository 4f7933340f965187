// Qiscus' two schemes of authorisation, and how long a login lasts (protocols/qiscus.md §3.1).
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keyOf, logIn, makeRoom, startOutsider } from './test-outsiders.ts';

const AGENTS = '/api/v2/admin/agents';
const PROFILE = '/api/v1/admin/get_profile';

test('the key and a token open the calls that take either', async () => {
  const outsider = await startOutsider();
  const token = await logIn(outsider);
  expect(await outsider.call(AGENTS)).toMatchObject({ status: 200 });
  expect(await outsider.call(AGENTS, { headers: token })).toMatchObject({ status: 200 });
});

test('no credentials, another app or a wrong key are refused', async () => {
  const { call, qiscus } = await startOutsider();
  const key = keyOf(qiscus);
  const refused = { status: 401, json: { errors: 'Unauthorized' } };
  expect(await call(AGENTS, { headers: {} })).toMatchObject(refused);
  expect(await call(AGENTS, { headers: { ...key, 'qiscus-app-id': 'x' } })).toMatchObject(refused);
  const wrong = { ...key, 'qiscus-secret-key': 'x' };
  expect(await call(AGENTS, { headers: wrong })).toMatchObject(refused);
});

test('a token is written without "Bearer"', async () => {
  const outsider = await startOutsider();
  const token = await logIn(outsider);
  const bearer = { ...token, authorization: `Bearer ${token.authorization}` };
  expect(await outsider.call(AGENTS, { headers: bearer })).toMatchObject({ status: 401 });
});

test('the profile wants a token, assigning wants the key', async () => {
  const outsider = await startOutsider();
  const token = await logIn(outsider);
  expect(await outsider.call(PROFILE)).toMatchObject({ status: 401 });
  expect(await outsider.call(PROFILE, { headers: token })).toMatchObject({
    status: 200,
    json: { data: { email: outsider.qiscus.app.adminEmail, type_as_string: 'admin' } },
  });
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  const form = { room_id: makeRoom(outsider), agent_id: String(id) };
  const path = '/api/v1/admin/service/assign_agent';
  expect(await outsider.call(path, { form, headers: token })).toMatchObject({ status: 401 });
  expect(await outsider.call(path, { form })).toMatchObject({ status: 200 });
});

test('a login is taken in all three encodings, and refused with a wrong password', async () => {
  const { call, qiscus } = await startOutsider();
  const login = { email: qiscus.app.adminEmail, password: qiscus.app.adminPassword };
  const told = { data: { user: { type: 1, app: { app_code: qiscus.app.appId } } } };
  for (const encoding of ['json', 'form', 'multipart']) {
    const answer = await call('/api/v1/auth', { [encoding]: login, headers: {} });
    expect(answer).toMatchObject({ status: 200, json: told });
  }
  const wrong = { ...login, password: 'x' };
  expect(await call('/api/v1/auth', { json: wrong, headers: {} })).toMatchObject({ status: 401 });
});

test('with expireTokens a token is refused once it is that old, and a new login works', async () => {
  const outsider = await startOutsider({ expireTokens: 3000 });
  const first = await logIn(outsider);
  expect(await outsider.call(PROFILE, { headers: first })).toMatchObject({ status: 200 });
  await sleep(3010);
  expect(await outsider.call(PROFILE, { headers: first })).toMatchObject({ status: 401 });
  const second = await logIn(outsider);
  expect(await outsider.call(PROFILE, { headers: second })).toMatchObject({ status: 200 });
  expect(await outsider.call(AGENTS)).toMatchObject({ status: 200 });
});

test('all tokens at once can be made to expire', async () => {
  const outsider = await startOutsider();
  const token = await logIn(outsider);
  outsider.qiscus.expireTokensNow();
  expect(await outsider.call(PROFILE, { headers: token })).toMatchObject({ status: 401 });
});
