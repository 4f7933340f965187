// Reports about targets, beside the same figures counted by other code from what was recorded.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { type Counted, recountTargets } from '../../test/makers/recount-targets.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { readReport } from '../store/reports.ts';
import { closeConversation } from './close-conversation.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { sayMessage } from './say-message.ts';
import { createAgent } from './update-agent.ts';
import { watchTargets } from './watch-targets.ts';

const MINUTE = 60_000;
const seconds = { firstAnswer: 600, nextAnswer: 300, end: 3600 };

/** Always the same. */
function makeDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

async function makeWorld() {
  const world = await makeDesk({
    ...defaultPolicy,
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'Everybody', then: { plan: 'Billing' } }],
    plans: [{ name: 'Billing', steps: [{ after: 0 }], targets: seconds }],
  });
  for (const name of ['Ana', 'Ben']) {
    const agent = { name, availability: 'online', capacity: 4 } as const;
    await createAgent(world.desk, world.workspaceId, agent);
  }
  return world;
}

interface Open {
  id: string;
  agent: string | null;
  contact: string;
}

/** Most often nothing happens. */
async function happen(
  { desk, workspaceId }: TestDesk,
  { id: conversationId, agent, contact }: Open,
  fell: number,
): Promise<void> {
  const words = { conversationId, text: 'Hi', attachments: [], clientMessageId: null };
  const plain = { ...words, isRepeat: false, sessionId: null, workspaceId };
  const act = { workspaceId, conversationId, actor: 'test', acting: null };
  if (fell < 5) {
    await sayMessage(desk, { ...plain, authorKind: 'contact', authorId: contact });
  } else if (agent !== null && fell < 10) {
    await sayMessage(desk, { ...plain, authorKind: 'agent', authorId: agent });
  } else if (agent !== null && fell === 10) {
    await closeConversation(desk, { ...act, tellRemote: false });
  } else if (agent !== null && fell === 11) {
    await requeueConversation(desk, { ...act, reason: 'test' });
  }
}

async function liveThroughADay() {
  const world = await makeWorld();
  const { desk, workspaceId, clock, database } = world;
  const channel = await makeChannel(world);
  const known = new Map();
  const dice = makeDice(7);
  for (let minute = 0; minute < 150; minute += 1) {
    if (minute % 8 === 0) await makeConversation(world, channel);
    await world.route();
    const { rows } = await database.pool.query<Open>(
      `select conversation_id as id, agent_id as agent, contact_id as contact from conversation
      where state <> 'closed' order by conversation_id`,
    );
    for (const one of rows) await happen(world, one, dice(40));
    await clock.advance(MINUTE);
    while (await watchTargets(desk, { workspaceId, known }));
  }
  return world;
}

const tally = (counted: readonly Counted[]) => {
  const count = (kind: Counted['kind'], met: boolean) =>
    counted.filter((one) => one.kind === kind && one.met === met).length;
  return {
    ...{
      firstAnswersMet: count('firstAnswer', true),
      firstAnswersMissed: count('firstAnswer', false),
    },
    ...{ nextAnswersMet: count('nextAnswer', true), nextAnswersMissed: count('nextAnswer', false) },
    ...{ endsMet: count('end', true), endsMissed: count('end', false) },
  };
};

test('what a report says of targets is what messages and events say, by agent, by plan and by hour', async () => {
  const { database, desk, workspaceId } = await liveThroughADay();
  const { rows } = await database.pool.query<{ now: Date }>('select clock_timestamp() as now');
  const now = rows[0]?.now.getTime() ?? 0;
  const counted = await recountTargets(database.pool, seconds, now);
  const all = tally(counted);
  // Otherwise it would have compared nothing with nothing.
  expect(Math.min(...Object.values(all))).toBeGreaterThan(0);
  const [from, to] = [new Date(now - 86_400_000), new Date(now + 1000)];
  const span = {
    workspaceId,
    from,
    to,
    timeZone: 'UTC',
    agentId: null,
    teamId: null,
    channelId: null,
  };
  const expected = {
    agent: (one: Counted) => one.agentId ?? 'none',
    plan: () => 'Billing',
    hour: ({ at }: Counted) => new Date(at).toISOString().slice(11, 13),
    team: () => 'none',
  };
  for (const [by, keyOf] of Object.entries(expected)) {
    const report = await readReport(desk.db, by as 'agent', span);
    expect(report.find(({ key }) => key === null)).toMatchObject(all);
    for (const key of new Set(counted.map(keyOf))) {
      const mine = counted.filter((one) => keyOf(one) === key);
      expect(
        report.find((row) => row.key === key),
        `${by} ${key}`,
      ).toMatchObject(tally(mine));
    }
  }
}, 120_000);
