// An Usher whose default workspace has a conversation in each state, and a row in every table that moves.
import { expect } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { fillMoved, STRANGE } from './fill-moved.ts';
import { makeChannel, makeConversation } from './make-conversation.ts';
import { NO_QISCUS, startTestUsher, type TestUsher } from './start-test-usher.ts';
import { fillDefault } from './two-workspaces.ts';
import { upload } from './upload.ts';
import { connectVisitor } from './web-client.ts';

/** Stands in everything that lets somebody in. */
export const SECRETS = [
  ...['secret-of-a-setting', 'secret-of-a-person', '736563726574', 'topsecret'],
  'hash-of-a-password',
];

export async function startFilled(): Promise<TestUsher> {
  const usher = await startTestUsher(NO_QISCUS);
  const { pool } = usher.database;
  const made = await fillDefault(usher);
  await sayWithFile(usher);
  await makeStates(usher);
  const { rows } = await pool.query<{ id: string; channel: string }>(
    'select conversation_id as id, channel_id as channel from conversation where conversation_id = $1',
    [made.conversation],
  );
  await fillMoved(pool, {
    ...{ workspaceId: DEFAULT_WORKSPACE, channelId: rows[0]?.channel as string },
    ...{ agentId: made.agent, userId: made.user, teamId: made.team, contactId: made.contact },
    ...{ conversationId: made.conversation as string, endpointId: made.endpoint },
    ...{ deliveryId: Number(made.delivery), automationId: made.automation },
  } as Parameters<typeof fillMoved>[1]);
  await pool.query(`update user_account set password_hash = 'hash-of-a-password', role = 'admin'`);
  await pool.query(`update message set delivery_id = $1 where seq = 1 and conversation_id = $2`, [
    made.delivery,
    made.conversation,
  ]);
  return usher;
}

/** A visitor sends a file. */
export async function sayWithFile(usher: TestUsher): Promise<void> {
  const customer = { id: 'kim', name: STRANGE };
  const visitor = await connectVisitor(usher, { customer });
  const file = { bytes: 'a file', name: 'a b.txt', type: 'text/plain' };
  const { body } = await upload(usher, visitor.session, file);
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, {
    ...{ content: 'Hello', attachments: [body] },
  });
  await visitor.close();
}

/** Beside what waits and what is held: one parked and one closed. */
async function makeStates(usher: TestUsher): Promise<void> {
  const place = { desk: usher.desk, workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  const { call } = usher;
  const agent = (
    await call('POST', '/api/v1/agents', {
      body: { name: 'Ana', email: 'ana@shop.example', availability: 'online', capacity: 3 },
    })
  ).body as { id: string };
  const skill = (await call('POST', '/api/v1/skills', { body: { name: 'rare' } })).body as {
    id: string;
  };
  for (const then of ['park', 'close', 'keep'] as const) {
    const id = await makeConversation(place, channel, {});
    const assign = { body: { agentId: agent.id, force: true } };
    const given = await call('POST', `/api/v1/conversations/${id}/assign`, assign);
    expect(given.status, given.text).toBe(200);
    if (then === 'park') await call('POST', `/api/v1/conversations/${id}/park`, { body: {} });
    if (then === 'close') await call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  }
  await makeConversation(place, channel, { wants: { team: null, skills: [skill.id] } });
}
