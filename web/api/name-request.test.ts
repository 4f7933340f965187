// The same wish has the same name until it is answered, and every other wish another.
import { expect, test } from 'vitest';
import { KEY_HEADER, nameRequest, noteAnswer } from './name-request.ts';

async function ask(path: string, what: { method?: string; body?: object; at?: number } = {}) {
  const { method = 'POST', body = {}, at = 0 } = what;
  const request = new Request(`http://localhost${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  await nameRequest(request, at);
  return { request, key: request.headers.get(KEY_HEADER) };
}

test('asked again after no answer, or after a failure of the server, it bears the same name', async () => {
  const first = await ask('/a', { body: { name: 'Ana' } });
  expect((await ask('/a', { body: { name: 'Ana' } })).key).toBe(first.key);
  noteAnswer(first.request, 503);
  expect((await ask('/a', { body: { name: 'Ana' } })).key).toBe(first.key);
  expect((await ask('/a', { body: { name: 'Budi' } })).key).not.toBe(first.key);
  expect((await ask('/b', { body: { name: 'Ana' } })).key).not.toBe(first.key);
});

test('once there was an answer from that address, or two minutes have passed, it is a new wish', async () => {
  const first = await ask('/c');
  noteAnswer((await ask('/c', { body: { other: 1 } })).request, 409);
  const second = await ask('/c');
  expect(second.key).not.toBe(first.key);
  expect((await ask('/c', { at: 119_999 })).key).toBe(second.key);
  expect((await ask('/c', { at: 240_000 })).key).not.toBe(second.key);
});

test('what only reads has no name, and what is the same when it is done again has always a new one', async () => {
  expect((await ask('/d', { method: 'GET' })).key).toBeNull();
  const first = await ask('/d', { method: 'PATCH' });
  expect(first.key).toMatch(/^[\da-f-]{36}$/);
  expect((await ask('/d', { method: 'PATCH' })).key).not.toBe(first.key);
});
