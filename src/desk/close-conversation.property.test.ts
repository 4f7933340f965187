// Resolves that come together are each judged as if they had come one by one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { resolveConversation } from './close-conversation.ts';

const session = fc.integer({ min: 1, max: 6 });
const rooms = ['a', 'b'] as const;
const place = fc.record({
  /** Sessions that are over when the story begins. */
  before: fc.uniqueArray(session, { maxLength: 2 }),
  isOpen: fc.boolean(),
  previousSessionId: fc.option(session),
});
const resolve = fc.record({ room: fc.constantFrom<string>(...rooms), session: fc.option(session) });
const story = fc.record({
  places: fc.tuple(place, place),
  resolves: fc.array(resolve, { minLength: 1, maxLength: 8 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** A channel of its own with these rooms in it, so that stories do not meet. */
async function tell(world: TestDesk, { places }: Story) {
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const { desk, workspaceId } = world;
  const { channelId } = channel;
  for (const [n, { before, isOpen, previousSessionId }] of places.entries()) {
    const externalId = rooms[n] as string;
    for (const sessionId of before.toSorted()) {
      const made = await makeConversation(world, channel, { externalId });
      await desk.db.query(
        `update conversation set state = 'closed', closed_at = clock_timestamp(), session_id = $2
        where conversation_id = $1`,
        [made, sessionId],
      );
    }
    if (isOpen) await makeConversation(world, channel, { externalId, previousSessionId });
  }
  const judge = async (one: Story['resolves'][number]) => {
    const { room: externalId, session: sessionId } = one;
    const said = { channelId, externalId, sessionId, reason: 'resolved', note: null };
    return (await resolveConversation(desk, workspaceId, said)) !== null;
  };
  const ending = async () => {
    const { rows } = await desk.db.query(
      `select external_id, state, session_id from conversation where channel_id = $1
      order by external_id, queued_at, conversation_id`,
      [channelId],
    );
    return rows;
  };
  return { judge, ending };
}

test('resolves that share a batch end what they would end one after the other', async () => {
  const world = await makeDesk();
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const single = await tell(world, told);
      const answers: boolean[] = [];
      for (const one of told.resolves) answers.push(await single.judge(one));

      const together = await tell(world, told);
      // The first goes alone, the others share what follows.
      const alone = together.judge({ room: 'elsewhere', session: null });
      const shared = await Promise.all(told.resolves.map(together.judge));
      expect([await alone, ...shared]).toEqual([false, ...answers]);
      expect(await together.ending()).toEqual(await single.ending());
    }),
    { numRuns: 60 },
  );
});
