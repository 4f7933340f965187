// Random talk in many held conversations at once, looked at as housekeeping does, beside a plain account of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSilence, type QuietLife, type QuietStep } from '../../test/makers/count-silence.ts';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { sayMessage } from './say-message.ts';
import { createAgent } from './update-agent.ts';
import { watchSilence } from './watch-silence.ts';

const long = process.env.USHER_LONG_TESTS === '1';
/** A moment; the machine's own time, which goes on, is far less than it. */
const MOMENT_MS = 600_000;
const UNTIL = 30;
const times = { agent: 4, remind: 3, close: 8 };
const toSeconds = (moments: number) => (moments * MOMENT_MS) / 1000;

const said = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: UNTIL }),
      by: fc.constantFrom('agent' as const, 'contact' as const),
    }),
    { maxLength: 10 },
  )
  .map((all) => [...new Map(all.map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at));

const steps: Record<string, string> = {
  'conversation.unanswered': 'tell',
  'conversation.requeued': 'return',
  'conversation.reminded': 'remind',
  'conversation.closed': 'end',
};

async function makeWorld() {
  const silence = {
    agent: toSeconds(times.agent),
    contact: { remind: toSeconds(times.remind), close: toSeconds(times.close) },
  };
  const words = { reminder: { en: 'REMINDED' }, ended: { en: 'ENDED' } };
  const world = await makeDesk({
    ...defaultPolicy,
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'Everybody', then: { plan: 'Quiet' } }],
    plans: [{ name: 'Quiet', steps: [{ after: 0 }], silence, words }],
  });
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world);
  const online = { availability: 'online', capacity: 1000 } as const;
  const { agentId } = await createAgent(desk, workspaceId, { ...online, name: 'Ana' });
  return { world, channel, agentId };
}

/** Each life is one conversation; what a step has ended says nothing more. */
async function live(lives: readonly QuietLife['said'][]): Promise<QuietStep[][]> {
  const { world, channel, agentId } = await makeWorld();
  const { desk, workspaceId, clock, database } = world;
  const ids: string[] = [];
  for (const _ of lives) ids.push(await makeConversation(world, channel));
  await world.route();
  const contacts = await database.pool.query<{ id: string; contact: string }>(
    'select conversation_id as id, contact_id as contact from conversation',
  );
  const contactOf = new Map(contacts.rows.map(({ id, contact }) => [id, contact]));
  const say = (conversationId: string, authorKind: 'agent' | 'contact') => {
    const authorId = authorKind === 'agent' ? agentId : (contactOf.get(conversationId) ?? '');
    const text = { text: 'Hi', attachments: [], clientMessageId: null, isRepeat: false };
    const author = { conversationId, authorKind, authorId, sessionId: null };
    return sayMessage(desk, { workspaceId, ...author, ...text });
  };
  const nodes = [new Map(), new Map()];
  const found = new Map(ids.map((id) => [id, [] as QuietStep[]]));
  for (let moment = 0; moment <= UNTIL; moment += 1) {
    await Promise.all(
      lives.flatMap((talk, nth) =>
        talk.filter(({ at }) => at === moment).map(({ by }) => say(ids[nth] as string, by)),
      ),
    );
    const before = await readSteps();
    await Promise.all(
      nodes.map(async (known) => {
        while (await watchSilence(desk, { workspaceId, known }));
      }),
    );
    const after = await readSteps();
    for (const [id, all] of after) {
      const fresh = all.slice(before.get(id)?.length ?? 0);
      found.get(id)?.push(...fresh.map((step) => `${step} ${moment}` as QuietStep));
    }
    await clock.advance(MOMENT_MS);
  }
  await expectWords();
  return ids.map((id) => found.get(id) ?? []);

  async function readSteps(): Promise<Map<string, string[]>> {
    const { rows } = await database.pool.query<{ id: string; types: string[] }>(
      `select stream_id as id, array_agg(type order by seq) as types from event where type = any ($1) group by stream_id`,
      [Object.keys(steps)],
    );
    return new Map(rows.map(({ id, types }) => [id, types.map((type) => steps[type] ?? type)]));
  }

  /** As many as there were reminders and ends, in their order. */
  async function expectWords(): Promise<void> {
    const { rows } = await database.pool.query<{ id: string; heard: string[] }>(
      `select conversation_id as id, array_agg(text order by seq) as heard from message where author_kind = 'system' group by conversation_id`,
    );
    const heard = new Map(rows.map((row) => [row.id, row.heard]));
    for (const [id, all] of found) {
      const wanted = all.flatMap((step) => {
        if (step.startsWith('remind')) return ['REMINDED'];
        return step.startsWith('end') ? ['ENDED'] : [];
      });
      expect(heard.get(id) ?? []).toEqual(wanted);
    }
  }
}

test('whatever is said, each step is made and worded once, at its moment, by whichever of two nodes', async () => {
  const lives = fc.sample(said, { numRuns: long ? 400 : 60, ...(long ? {} : { seed: 7 }) });
  const found = await live(lives);
  const plain = lives.map((one) => countSilence({ times, said: one }, UNTIL));
  expect(found).toEqual(plain);
  const kinds = new Set(plain.flat().map((step) => step.split(' ')[0]));
  expect([...kinds].sort()).toEqual(['end', 'remind', 'return', 'tell']);
}, 180_000);
