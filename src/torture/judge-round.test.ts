// The judge finds nothing where every promise is kept, and each breach that is put into such a round, with a story.
import { expect, test } from 'vitest';
import type { PromiseName } from './breach.ts';
import { judgeKept } from './judge-round.ts';
import { makeRandom, type Random } from './make-random.ts';
import type { KeptAssignment } from './record.ts';
import { type MadeUp, makeRecord } from './test-record.ts';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

const judge = ({ acts, kept, company }: MadeUp) => judgeKept(acts, kept, company);

test('a round in which every promise is kept has no breach, whatever happened in it', () => {
  for (const seed of SEEDS) expect(judge(makeRecord(seed)), `seed ${seed}`).toEqual([]);
});

interface SeededBreach {
  promise: PromiseName;
  /** Answers whom it hit: what the story names. */
  put(made: MadeUp, random: Random): string;
}

/** One of these, which there must be. */
function one<T>(random: Random, items: readonly T[]): T {
  const picked = random.pick(items);
  if (picked === undefined) throw new Error('There is none to break.');
  return picked;
}

/** A second one that began before the first had ended. */
const overlaps: SeededBreach['put'] = ({ kept }, random) => {
  const isNext = (first: KeptAssignment, { conversationId, from }: KeptAssignment) =>
    conversationId === first.conversationId && from > first.from;
  const first = one(
    random,
    kept.assignments.filter((each) => kept.assignments.some((other) => isNext(each, other))),
  );
  first.to = (kept.assignments.find((other) => isNext(first, other))?.from ?? 0) + 5;
  return first.conversationId;
};

const breaches: Record<string, SeededBreach> = {
  'two agents at the same time, by their spans': { promise: 'one holder', put: overlaps },
  'two agents at the same time, by the events': {
    promise: 'one holder',
    put: ({ kept }, random) => {
      const event = one(
        random,
        kept.events.filter(({ type }) => type === 'conversation.requeued'),
      );
      Object.assign(event, { type: 'conversation.assigned', data: { agentId: 'zoe' } });
      return event.conversationId;
    },
  },
  'a number left out': {
    promise: 'history',
    put: ({ kept }, random) => {
      const event = one(
        random,
        kept.events.filter(({ seq }) => seq > 1),
      );
      for (const other of kept.events) {
        const isLater = other.conversationId === event.conversationId && other.seq >= event.seq;
        if (isLater) other.seq += 1;
      }
      return event.conversationId;
    },
  },
  'accepted by somebody who was not asked': {
    promise: 'history',
    put: ({ kept }, random) => {
      const event = one(
        random,
        kept.events.filter(({ type }) => type === 'conversation.accepted'),
      );
      event.data = { ...event.data, agentId: 'zoe' };
      return event.conversationId;
    },
  },
  'closed twice': {
    promise: 'history',
    put: ({ kept }, random) => {
      const last = one(
        random,
        kept.events.filter(({ type }) => type === 'conversation.closed'),
      );
      kept.events.push({ ...last, id: 'again', seq: last.seq + 1 });
      return last.conversationId;
    },
  },
  'a read that saw another agent': {
    promise: 'order',
    put: ({ acts }, random) => {
      const read = one(
        random,
        acts.operations.filter(({ verb, invokedAt, conversation, id }) =>
          acts.operations.some(
            (before) =>
              verb === 'read' &&
              before.conversation === conversation &&
              before.id !== id &&
              before.seen?.state === 'assigned' &&
              !before.seen.isOffered &&
              (before.returnedAt ?? 0) < invokedAt &&
              isQuietBetween(acts.operations, before, invokedAt),
          ),
        ),
      );
      read.seen = { state: 'assigned', agentId: 'zoe', isOffered: false };
      return read.id;
    },
  },
  'a read that saw an end that came later': {
    promise: 'order',
    put: ({ acts }, random) => {
      const read = one(
        random,
        acts.operations.filter(({ verb }) => verb === 'read'),
      );
      read.seen = { state: 'closed', agentId: null, isOffered: false };
      return read.id;
    },
  },
  'two agents who accepted one conversation': {
    promise: 'order',
    put: ({ acts }, random) => {
      const accept = one(
        random,
        acts.operations.filter(({ verb }) => verb === 'accept'),
      );
      const at = (accept.returnedAt ?? 0) + 0.01;
      const times = { invokedAt: at, returnedAt: at + 0.01 };
      acts.operations.push({ ...accept, id: 'second', agentId: 'zoe', ...times });
      return 'second';
    },
  },
  'an acknowledged change that is lost': {
    promise: 'acknowledged',
    put: ({ acts, kept }, random) => {
      const op = one(
        random,
        acts.operations.filter(({ verb }) => verb === 'requeue'),
      );
      const event = kept.events.find(({ data }) => data.reason === op.id);
      if (event !== undefined) event.data = {};
      return op.id;
    },
  },
  'a change that was done twice': {
    promise: 'acknowledged',
    put: ({ acts, kept }, random) => {
      const op = one(
        random,
        acts.operations.filter(({ verb, answer }) => verb === 'close' && answer === 'done'),
      );
      const event = kept.events.find(({ data }) => data.note === op.id);
      const other = kept.events.find(({ type }) => type === 'conversation.requeued');
      if (other !== undefined) other.data = { reason: event?.data.note };
      return op.id;
    },
  },
  'what was refused and was done all the same': {
    promise: 'acknowledged',
    put: ({ acts }, random) => {
      const op = one(
        random,
        acts.operations.filter(({ verb }) => verb === 'requeue'),
      );
      Object.assign(op, { answer: 'refused', code: 'conversation.not-assigned' });
      return op.id;
    },
  },
  'a conversation that is lost': {
    promise: 'acknowledged',
    put: ({ kept }, random) => {
      const lost = one(
        random,
        kept.conversations.filter(({ channelId }) => channelId !== 'remote'),
      );
      kept.conversations.splice(kept.conversations.indexOf(lost), 1);
      return lost.name;
    },
  },
  'a message that is lost': {
    promise: 'acknowledged',
    put: ({ kept }, random) => {
      const lost = one(random, kept.messages);
      kept.messages.splice(kept.messages.indexOf(lost), 1);
      return String(lost.externalId);
    },
  },
  'messages in the wrong order': {
    promise: 'acknowledged',
    put: ({ kept }, random) => {
      const first = one(
        random,
        kept.messages.filter(({ conversationId, seq }) =>
          kept.messages.some(
            (other) => other.conversationId === conversationId && other.seq === seq + 1,
          ),
        ),
      );
      const next = kept.messages.find(
        ({ conversationId, seq }) =>
          conversationId === first.conversationId && seq === first.seq + 1,
      );
      [first.seq, (next as typeof first).seq] = [first.seq + 1, first.seq];
      return String(first.externalId);
    },
  },
  'a room whose webhook was acknowledged and lost': {
    promise: 'acknowledged',
    put: ({ kept }, random) => {
      const lost = one(
        random,
        kept.conversations.filter(({ channelId }) => channelId === 'remote'),
      );
      kept.conversations.splice(kept.conversations.indexOf(lost), 1);
      return lost.name;
    },
  },
  'a room that agents had in two conversations': {
    promise: 'acknowledged',
    put: ({ kept }, random) => {
      const rooms = kept.conversations.filter(({ channelId }) => channelId === 'remote');
      const first = one(random, rooms);
      const other = one(
        random,
        rooms.filter(({ id }) => id !== first.id),
      );
      other.name = first.name;
      return first.name;
    },
  },
  'one more than the capacity': {
    promise: 'capacity',
    put: ({ kept }, random) => {
      const noted = one(random, kept.loads);
      noted.capacity = noted.load - 1;
      return noted.agentId;
    },
  },
  'a load that counts too little': {
    promise: 'capacity',
    put: ({ kept }, random) => {
      const noted = one(
        random,
        kept.loads.filter(({ load }) => load === 2),
      );
      Object.assign(noted, { load: 1, loadBefore: 0, capacity: 1 });
      return noted.agentId;
    },
  },
  'too many rooms in the outside system': {
    promise: 'capacity',
    put: ({ acts }) => {
      acts.overfull.push({ agentId: 'ana', rooms: ['room-1', 'room-2'], capacity: 1 });
      return 'ana';
    },
  },
  'an event that never arrives': {
    promise: 'deliveries',
    put: ({ acts, kept }, random) => {
      const { id } = one(random, kept.tellings);
      for (const received of acts.received) if (received.id === id) received.isTaken = false;
      return id;
    },
  },
  'an event that arrives before the one before it': {
    promise: 'deliveries',
    put: ({ acts, kept }, random) => {
      const { id } = one(
        random,
        kept.tellings.filter(({ seq }) => seq > 1),
      );
      const own = acts.received.filter((received) => received.id === id);
      acts.received = [...own, ...acts.received.filter((received) => received.id !== id)];
      return id;
    },
  },
  'an event that was told with other bytes': {
    promise: 'deliveries',
    put: ({ acts }, random) => {
      const received = one(
        random,
        acts.received.filter(({ isTaken }) => isTaken),
      );
      received.hash = 'other';
      return received.id;
    },
  },
  'an event without a signature': {
    promise: 'deliveries',
    put: ({ acts }, random) => {
      const received = one(random, acts.received);
      received.isSigned = false;
      return received.id;
    },
  },
  'an event that never happened': {
    promise: 'deliveries',
    put: ({ acts }, random) => {
      acts.received.push({ ...one(random, acts.received), id: 'invented' });
      return 'invented';
    },
  },
};

/** Nothing may have given it to somebody else in between. */
function isQuietBetween(
  operations: MadeUp['acts']['operations'],
  { conversation, invokedAt }: { conversation: string; invokedAt: number },
  until: number,
): boolean {
  return !operations.some(
    (op) =>
      op.conversation === conversation &&
      op.verb !== 'read' &&
      (op.returnedAt ?? 0) > invokedAt &&
      op.invokedAt < until,
  );
}

test.each(Object.entries(breaches))('%s is found', (_, { promise, put }) => {
  for (const seed of SEEDS) {
    const made = makeRecord(seed);
    const hit = put(made, makeRandom(seed, 1));
    const found = judge(made).filter((breach) => breach.promise === promise);
    expect(found, `seed ${seed}`).not.toEqual([]);
    const told = found.flatMap(({ subject, story }) => [subject, ...story]).join('\n');
    expect(told, `seed ${seed}`).toContain(hit);
  }
});
