// What was answered well is there, once and in order; what was refused is not; what was never answered is there once at most.
import { type Breach, MOST_TOLD } from '../breach.ts';
import type { Acknowledged, Acts, Kept, KeptEvent, Operation, Said } from '../record.ts';
import { tellEvent, tellOperation } from './tell-story.ts';

type Held = Pick<Kept, 'conversations' | 'events' | 'messages'>;

/** `remote`: the id of the channel whose rooms are told by webhooks. */
export function checkAcknowledged(
  acts: Pick<Acts, 'operations' | 'said' | 'acknowledged'>,
  kept: Held,
  remote: string,
): Breach[] {
  return [
    ...checkOpened(acts.operations, kept),
    ...checkChanged(acts.operations, kept),
    ...checkSaid(acts.said, kept),
    ...checkRooms(acts.acknowledged, kept, remote),
  ].slice(0, MOST_TOLD);
}

const breach = (subject: string, what: string, story: readonly string[]): Breach => ({
  ...{ promise: 'acknowledged', subject, what, story },
});

function checkOpened(operations: readonly Operation[], { conversations }: Held): Breach[] {
  const byName = Map.groupBy(conversations, ({ name }) => name);
  return operations
    .filter(({ verb }) => verb === 'open')
    .flatMap((op) => {
      const count = byName.get(op.conversation)?.length ?? 0;
      if (isRight(op.answer, count)) return [];
      return [
        breach(`conversation ${op.conversation}`, sayCount(op.answer, count), [tellOperation(op)]),
      ];
    });
}

/**
 * The event that each change left, which has its mark; and that they stand in the order in which they were answered.
 * To send it to whoever has it already changes nothing.
 */
function checkChanged(operations: readonly Operation[], { events, conversations }: Held): Breach[] {
  const byMark = Map.groupBy(events.filter(markOf), (event) => String(markOf(event)));
  const changes = operations.filter(({ verb }) => MARKED.has(verb));
  const given = new Set(
    events
      .filter(({ type }) => type === 'conversation.assigned')
      .map(({ conversationId, data }) => `${conversationId} ${data.agentId}`),
  );
  const ids = new Map(conversations.map(({ name, id }) => [name, id]));
  const wrong = changes.flatMap((op) => {
    const found = byMark.get(op.id) ?? [];
    if (isRight(op.answer, found.length) || (op.isDoubtful && isDoubtful(op, found.length))) {
      return [];
    }
    if (
      op.answer === 'done' &&
      found.length === 0 &&
      given.has(`${ids.get(op.conversation)} ${op.agentId}`)
    )
      return [];
    const story = [tellOperation(op), ...found.map(tellEvent)];
    return [breach(`conversation ${op.conversation}`, sayCount(op.answer, found.length), story)];
  });
  return wrong.length > 0 ? wrong : findDisorder(changes, byMark);
}

const MARKED = new Set<Operation['verb']>(['transfer', 'requeue', 'close']);
const MARKS: Record<string, string> = {
  'conversation.transferred': 'note',
  'conversation.requeued': 'reason',
  'conversation.closed': 'note',
};

function markOf({ type, data }: KeptEvent): unknown {
  return data[MARKS[type] ?? ''] ?? null;
}

function findDisorder(
  changes: readonly Operation[],
  byMark: ReadonlyMap<string, readonly KeptEvent[]>,
): Breach[] {
  const breaches: Breach[] = [];
  for (const own of Map.groupBy(changes, ({ conversation }) => conversation).values()) {
    const inOrder = own
      .flatMap((op) => (byMark.get(op.id) ?? []).map((event) => ({ op, event })))
      .sort((a, b) => a.event.seq - b.event.seq);
    for (const [index, later] of inOrder.entries()) {
      // Stands before it, and began only after that had been answered.
      const earlier = inOrder
        .slice(0, index)
        .find(({ op }) => later.op.returnedAt !== null && later.op.returnedAt < op.invokedAt);
      if (earlier === undefined) continue;
      const story = [later, earlier].flatMap(({ op, event }) => [
        tellOperation(op),
        tellEvent(event),
      ]);
      breaches.push(
        breach(`conversation ${later.op.conversation}`, 'It stands after what came later.', story),
      );
    }
  }
  return breaches;
}

function checkSaid(said: readonly Said[], { messages, conversations }: Held): Breach[] {
  const names = new Map(conversations.map(({ id, name }) => [id, name]));
  const byId = Map.groupBy(messages, ({ externalId }) => externalId ?? '');
  const breaches = said.flatMap((one) => {
    const found = (byId.get(one.externalId) ?? []).filter(
      ({ conversationId }) => names.get(conversationId) === one.conversation,
    );
    const all = byId.get(one.externalId)?.length ?? 0;
    if (isRight(one.answer, found.length) && all === found.length) return [];
    const line = `message ${one.externalId}: ${one.answer}`;
    return [breach(`conversation ${one.conversation}`, sayCount(one.answer, all), [line])];
  });
  return breaches.length > 0 ? breaches : findSaidLate(said, byId);
}

function findSaidLate(
  said: readonly Said[],
  byId: ReadonlyMap<string, readonly { seq: number }[]>,
): Breach[] {
  const breaches: Breach[] = [];
  for (const [name, own] of Map.groupBy(said, ({ conversation }) => conversation)) {
    const seqOf = (one: Said) => byId.get(one.externalId)?.[0]?.seq ?? 0;
    const answered = own.filter(
      ({ returnedAt, answer }) => returnedAt !== null && answer === 'done',
    );
    for (const first of answered) {
      const later = own.find(
        (other) =>
          other.invokedAt > (first.returnedAt ?? 0) &&
          seqOf(other) > 0 &&
          seqOf(other) < seqOf(first),
      );
      if (later === undefined) continue;
      const story = [first, later].map((one) => `message ${one.externalId}: number ${seqOf(one)}`);
      breaches.push(breach(`conversation ${name}`, 'What was said later stands first.', story));
    }
  }
  return breaches;
}

/**
 * A room has a conversation, which is over if that was acknowledged. A webhook, or a look for lost ones, that a server
 * held while it hung comes when all is over, and nothing in it says so: the outside system then refuses every agent.
 * So what must be there once is a conversation that an agent had.
 */
function checkRooms(
  acknowledged: readonly Acknowledged[],
  { conversations, events }: Held,
  remote: string,
): Breach[] {
  const ofChannel = conversations.filter(({ channelId }) => channelId === remote);
  const byRoom = Map.groupBy(ofChannel, ({ name }) => name);
  const byId = Map.groupBy(events, ({ conversationId }) => conversationId);
  const rooms = Map.groupBy(acknowledged, ({ room }) => room);
  return [...rooms].flatMap(([room, all]) => {
    const own = byRoom.get(room) ?? [];
    const had = own.filter(({ id }) => byId.get(id)?.some(isConfirmed));
    const tell = (what: string) => {
      const story = own.flatMap(({ id }) => [
        `conversation ${id}`,
        ...(byId.get(id) ?? []).map(tellEvent),
      ]);
      return [breach(`room ${room}`, what, story)];
    };
    if (own.length === 0) return tell('It was acknowledged and is lost.');
    if (had.length > 1)
      return tell(`Agents had it in ${had.length} conversations; it was opened once.`);
    const isOver = all.some(({ about }) => about === 'resolved');
    const lasts = own.some(({ state }) => state !== 'closed');
    return isOver && lasts ? tell('It was told to be resolved, and is not closed.') : [];
  });
}

const isConfirmed = ({ type }: KeptEvent): boolean => type === 'conversation.assignment-confirmed';

function isRight(answer: Operation['answer'], count: number): boolean {
  if (answer === 'unknown') return count <= 1;
  return count === (answer === 'done' ? 1 : 0);
}

/** Done a second time at most; what was refused may be of the second time. */
function isDoubtful({ answer }: Operation, count: number): boolean {
  return count <= 2 && (answer !== 'done' || count > 0);
}

function sayCount(answer: Operation['answer'], count: number): string {
  const said = { done: 'acknowledged', refused: 'refused', unknown: 'never answered' }[answer];
  if (count === 0) return `It was ${said} and is lost.`;
  return count === 1
    ? `It was ${said} and is there.`
    : `It was ${said} and is there ${count} times.`;
}
