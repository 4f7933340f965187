// Servers that are killed while they mail: no mail is lost, and one comes twice only where a server was killed with it in its hands.
import { expect, test } from 'vitest';
import { startMailServer } from '../makers/start-mail-server.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { openFire } from './open-fire.ts';

const MAILS = 40;
const KILLS = 4;
/** What one server has under way for a workspace. */
const IN_HANDS = 3;

test('of two servers that are killed in turn each of 40 invitations arrives, doubled at most by a kill and then under the same Message-ID', async () => {
  const server = await startMailServer();
  const environment = {
    SMTP_URL: server.url,
    MAIL_FROM: 'usher@example.com',
    // The limit of one address counts; that of the workspace is not what is tested.
    MAIL_MOST_PER_HOUR: '10000',
  };
  const fire = await openFire({ steps: MAILS, kills: KILLS, pause: [0, 800], environment });
  const addresses = Array.from({ length: MAILS }, (_, place) => `person-${place}@example.com`);
  const inviteAll = async () => {
    for (const email of addresses) {
      const body = { name: 'Ana', email, role: 'agent' };
      // A server that is killed before its answer may have invited: that one is taken already.
      const { status } = await fire.call('POST', '/api/v1/users', { body });
      expect([201, 409]).toContain(status);
      fire.step();
    }
  };
  await fire.during(inviteAll());
  const pending = `select from delivery where type = 'mail:invitation' and state <> 'done'`;
  await eventually(
    async () => (await fire.pool.query(pending)).rowCount,
    (left) => left === 0,
    120_000,
  );
  const ids = new Map<string, Set<string>>();
  for (const { recipients, messageId = '' } of server.taken) {
    const to = recipients.join();
    ids.set(to, (ids.get(to) ?? new Set()).add(messageId));
  }
  expect([...ids.keys()].sort(), `seed ${fire.seed}`).toEqual(addresses.toSorted());
  expect([...ids.values()].filter(({ size }) => size > 1)).toEqual([]);
  expect(server.taken.length - MAILS).toBeLessThanOrEqual(KILLS * IN_HANDS);
  await fire.expectSoundState();
}, 240_000);
