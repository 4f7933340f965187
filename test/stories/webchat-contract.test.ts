// The contract of Chimp Assist with Usher's own broker.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { connectWeb, startSession } from '../makers/web-client.ts';
import { embeddedStand } from '../makers/webchat-stand.ts';
import { testVectors } from './webchat-vectors.ts';

testVectors(embeddedStand);

test('A20: a client id that a visitor has chosen is theirs as long as they are connected', async () => {
  const usher = await startTestUsher();
  const first = await startSession(usher);
  const second = await startSession(usher);
  const victim = await connectWeb({ ...first.mqtt, clientId: 'mine' });
  await expect(connectWeb({ ...second.mqtt, clientId: 'mine' })).rejects.toThrow(/refused/i);
  expect(victim.isClosed()).toBe(false);
});
