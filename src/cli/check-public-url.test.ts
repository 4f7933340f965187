// What the doctor says of the address by which others reach Usher.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { startTestUsher } from '../../test/makers/start-test-usher.ts';
import { findFreePort } from '../torture/find-free-port.ts';
import { checkPublicUrl, judgeEnd } from './check-public-url.ts';

async function elsewhere(options: Parameters<typeof startReceiver>[0] = {}) {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.stop());
  return receiver;
}

test('an address that leads to Usher is well; without one nothing is said', async () => {
  const usher = await startTestUsher();
  expect(await checkPublicUrl(usher.url)).toMatchObject([{ state: 'ok' }]);
  expect(await checkPublicUrl(`${usher.url}/`)).toMatchObject([{ state: 'ok' }]);
  expect(await checkPublicUrl(undefined)).toEqual([]);
});

test('one that leads elsewhere is told', async () => {
  const { url } = await elsewhere();
  const says = expect.stringContaining('not as Usher does');
  expect(await checkPublicUrl(url)).toMatchObject([{ state: 'failed', says }]);
});

test('a certificate that no browser takes is told', async () => {
  const { url } = await elsewhere({ tls: true });
  const says = expect.stringContaining('Browsers refuse it');
  expect(await checkPublicUrl(url)).toMatchObject([{ state: 'failed', says }]);
});

test('one that cannot be reached from here is a warning: others may', async () => {
  const url = `http://127.0.0.1:${await findFreePort()}`;
  expect(await checkPublicUrl(url)).toMatchObject([{ state: 'warning' }]);
});

test('a certificate is told two weeks before its end', () => {
  const day = 86_400_000;
  const states = [20, 14, 13, -1].map((days) => judgeEnd(days * day, 0).state);
  expect(states).toEqual(['ok', 'ok', 'warning', 'warning']);
  expect(judgeEnd(null, 0).state).toBe('warning');
});
