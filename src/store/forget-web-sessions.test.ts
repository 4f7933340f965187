import { expect, test } from 'vitest';
import { makeChannel } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { requestWebConversation } from '../desk/request-web-conversation.ts';
import { forgetVisitor, startWebSession } from '../desk/start-web-session.ts';
import { forgetWebSessions } from './forget-web-sessions.ts';
import { findWebSessionByToken, listStandingWebSessions } from './web-sessions.ts';

async function makeWeb(world: TestDesk) {
  const { desk, workspaceId, database } = world;
  const channel = await makeChannel(world);
  const { channelId } = channel;
  const from = { workspaceId, channelId, requireIdentity: false, hasKey: false, profile: {} };
  return {
    visit: async (wish: { customerId?: string; proved?: boolean; visitorKey?: string } = {}) =>
      startWebSession(desk, {
        ...{ ...from, customerId: null, proved: false, visitorKey: null },
        ...wish,
      }),
    talk: ({ session }: Awaited<ReturnType<typeof startWebSession>>) =>
      requestWebConversation(desk, {
        ...{ session, requestId: null, wantedTopic: null },
        channel: { ...channel, takesLeft: false },
      }),
    pass: (hours: number) => world.clock.advance(hours * 3_600_000),
    forget: () => forgetWebSessions(desk.db, workspaceId),
    sessions: async (): Promise<string[]> => {
      const { rows } = await database.pool.query('select session_id as id from web_session');
      return rows.map(({ id }) => id).sort();
    },
    customers: async (): Promise<string[]> => {
      const { rows } = await database.pool.query('select customer_id as id from web_identity');
      return rows.map(({ id }) => id).sort();
    },
  };
}

const idOf = ({ session }: { session: { sessionId: string } }) => session.sessionId;

test('a session that nobody has used for thirty days goes, and a guest who never wrote with the last of theirs', async () => {
  const web = await makeWeb(await makeDesk());
  await web.visit();
  const here = await web.visit();
  await web.pass(1);
  const again = await web.visit({ visitorKey: here.visitorKey ?? '' });
  await web.pass(30 * 24 - 1);
  expect(await web.forget()).toBe(2);
  expect(await web.forget()).toBe(0);
  expect(await web.sessions()).toEqual([idOf(again)]);
  expect(await web.customers()).toEqual([here.session.customerId]);
  // The browser that kept the secret is still the same guest.
  const back = await web.visit({ visitorKey: here.visitorKey ?? '' });
  expect(back.session.customerId).toBe(here.session.customerId);
});

test('whoever wrote, or was proved by the company, stays known when their sessions go', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const web = await makeWeb(world);
  const writer = await web.visit({ customerId: 'writer' });
  await web.visit({ customerId: 'proved', proved: true });
  const conversationId = await web.talk(writer);
  await web.pass(31 * 24);
  expect(await web.forget()).toBe(1);
  expect(await web.sessions()).toEqual([idOf(writer)]);
  await closeConversation(desk, {
    workspaceId,
    conversationId,
    actor: 'test',
    acting: null,
    tellRemote: false,
  });
  expect(await web.forget()).toBe(1);
  expect(await web.customers()).toEqual(['proved', 'writer']);
  await expect(web.visit({ customerId: 'writer' })).rejects.toMatchObject({
    code: 'identity.not-verified',
  });
});

test('an ended session goes after a day', async () => {
  const { desk, workspaceId, ...world } = await makeDesk();
  const web = await makeWeb({ desk, workspaceId, ...world });
  const [old, young] = [await web.visit(), await web.visit()];
  for (const { session } of [old, young]) {
    await forgetVisitor(desk, { workspaceId, customerId: session.customerId });
    await web.pass(12);
  }
  expect(await web.forget()).toBe(1);
  expect(await web.sessions()).toEqual([idOf(young)]);
});

test('a session in use is not forgotten, however old: by its token, and while it is connected', async () => {
  const { desk, workspaceId, ...world } = await makeDesk();
  const web = await makeWeb({ desk, workspaceId, ...world });
  const [called, connected] = [await web.visit(), await web.visit()];
  await web.visit();
  await web.pass(31 * 24);
  const sessionId = idOf(called);
  const { rows } = await world.database.pool.query(
    'select token_hash as hash from web_session where session_id = $1',
    [sessionId],
  );
  const tokenHash = rows[0].hash;
  expect(await findWebSessionByToken(desk.db, { workspaceId, sessionId, tokenHash })).toMatchObject(
    { sessionId },
  );
  const sessionIds = [idOf(connected)];
  expect(await listStandingWebSessions(desk.db, { workspaceId, sessionIds })).toEqual(sessionIds);
  expect(await web.forget()).toBe(1);
  expect(await web.sessions()).toEqual([sessionId, idOf(connected)].sort());
});
