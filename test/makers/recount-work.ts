// Occupancy, offers and answers, counted anew from plain rows.
import {
  addTo,
  among,
  calmIn,
  dayAt,
  type Held,
  isHeldAt,
  keyOf,
  keysOf,
  type Life,
  lastAt,
  type Rows,
  type Said,
  type Span,
  type World,
} from './recount-side.ts';

export function recountOccupancy(world: World, span: Span): Rows {
  const rows: Rows = new Map();
  const whole: Rows = new Map();
  for (const life of among(world, span)) addLife({ rows, whole }, life, { world, span });
  if (span.by !== 'plan' && span.by !== 'channel') return rows;
  // Each is compared with the capacity of all.
  for (const [name, row] of rows) Object.assign(row, whole.get(`${name.split(' ')[0]} all`));
  return rows;
}

function addLife(
  to: { rows: Rows; whole: Rows },
  life: Life,
  { world, span }: { world: World; span: Span },
): void {
  const held = world.held.filter(({ agentId }) => agentId === life.agentId);
  const dayOf = dayAt(span);
  const ofTalk = keyOf(world, { ...span, agentId: null, teamId: null });
  const keys = keysOf(life, span.by);
  const turns = [...life.statuses, ...life.capacities].map(({ at }) => at);
  const ends = held.flatMap(({ since, till }) => [since, till ?? since]);
  for (const { at, ms } of calmIn(span, [...turns, ...ends])) {
    const day = dayOf(at);
    const online = lastAt(life.statuses, at)?.is === 'online';
    if (online) addOnline(to, { day, keys, ms, size: lastAt(life.capacities, at)?.capacity ?? 0 });
    const what = online ? 'heldMs' : 'heldNotOnlineMs';
    for (const one of held.filter((each) => isHeldAt(each, at))) {
      const own = keys.length > 0 ? keys : [ofTalk(one.conversationId, null) ?? 'none'];
      for (const key of own) addTo(to.rows, { day, key, what }, ms * one.weight);
    }
  }
}

function addOnline(
  { rows, whole }: { rows: Rows; whole: Rows },
  { day, keys, ms, size }: { day: string | null; keys: string[]; ms: number; size: number },
): void {
  const places = [...keys.map((key) => [rows, key] as const), [whole, 'all'] as const];
  for (const [into, key] of places) {
    addTo(into, { day, key, what: 'onlineMs' }, ms);
    addTo(into, { day, key, what: 'capacityMs' }, ms * size);
  }
}

function outcomeOf({ accepted, till, reason }: Held): string {
  if (accepted !== null) return 'accepted';
  if (till === null) return 'open';
  if (reason === 'declined') return 'declined';
  return reason === 'not-accepted' ? 'missed' : 'withdrawn';
}

function countsOf(one: Held): string[] {
  if (!one.offered) return one.state === 'undone' ? [] : ['given'];
  return ['offered', outcomeOf(one), ...(one.accepted === null ? [] : ['given'])];
}

/** `took`: how long each acceptance took. */
export function recountOffers(
  world: World,
  span: Span,
): { rows: Rows; took: Map<string, number[]> } {
  const rows: Rows = new Map();
  const took = new Map<string, number[]>();
  const [dayOf, keyFor] = [dayAt(span), keyOf(world, span)];
  for (const one of world.held) {
    const key = keyFor(one.conversationId, one.agentId);
    if (key === null || one.since < span.from || one.since >= span.to) continue;
    const day = dayOf(one.since);
    for (const what of countsOf(one)) addTo(rows, { day, key, what }, 1);
    if (!one.offered || one.accepted === null) continue;
    took.set(`${day} ${key}`, [...(took.get(`${day} ${key}`) ?? []), one.accepted - one.since]);
  }
  return { rows, took };
}

type Times = Map<string, Record<string, number[]>>;

/** All times of each kind. */
export function recountAnswers(world: World, span: Span): Times {
  const rows: Times = new Map();
  const [dayOf, keyFor] = [dayAt(span), keyOf(world, span)];
  const note = ({ said, kind, since }: Answered) => {
    const key = keyFor(said.conversationId, said.agentId);
    if (key === null || said.at < span.from || said.at >= span.to) return;
    const name = `${dayOf(said.at)} ${key}`;
    const row = rows.get(name) ?? {};
    row[kind] = [...(row[kind] ?? []), Math.max(0, said.at - since)];
    rows.set(name, row);
  };
  for (const { conversationId, queuedAt } of world.talks) {
    const said = world.said.filter((one) => one.conversationId === conversationId);
    const held = world.held.filter((one) => one.conversationId === conversationId);
    for (const one of [...inTurns(said, queuedAt), ...firstOfEach(said, held)]) note(one);
  }
  return rows;
}

interface Answered {
  said: Said;
  kind: 'first' | 'next' | 'own';
  since: number;
}

function inTurns(all: readonly Said[], queuedAt: number): Answered[] {
  const answers: Answered[] = [];
  let asked: number | null = null;
  let isFirst = true;
  for (const said of all) {
    if (said.by === 'contact') {
      asked ??= said.at;
      continue;
    }
    if (isFirst) answers.push({ said, kind: 'first', since: queuedAt });
    else if (asked !== null) answers.push({ said, kind: 'next', since: asked });
    [isFirst, asked] = [false, null];
  }
  return answers;
}

function firstOfEach(all: readonly Said[], held: readonly Held[]): Answered[] {
  return held.flatMap((one): Answered[] => {
    const said = all.find(
      ({ by, agentId, at }) => by === 'agent' && agentId === one.agentId && isHeldAt(one, at),
    );
    return said === undefined ? [] : [{ said, kind: 'own', since: one.since }];
  });
}
