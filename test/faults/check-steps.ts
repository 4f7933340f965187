// Reads what steps under fire left in the database and answers what should never have happened. It knows the plans, and calls nothing of Usher.
import type { Pool } from 'pg';
import type { Breaches } from './check-history.ts';
import { BOOST, type Hired, plans } from './steps-world.ts';

/** No server was there, by the database's clock, in milliseconds. */
export interface Downtime {
  from: number;
  to: number;
}

interface Life {
  id: string;
  line: string;
  /** At which it was given to somebody, from 0. */
  step: number;
  queuedAt: number;
  assignments: { agentId: string; at: number; endedAt: number | null; decisions: number }[];
  /** The events that tell of a raised priority. */
  raised: number;
}

interface Stood {
  nth: number;
  xid: number;
  at: number;
  id: string;
  state: 'waiting' | 'assigned' | 'closed';
  agentId: string | null;
  plan: string | null;
  step: number | null;
  priority: keyof typeof BOOST;
  rankAt: number;
}

interface Judged {
  agents: readonly Hired[];
  downtimes: readonly Downtime[];
  /** At most, for each of them. */
  lateMs: number;
}

interface History {
  lives: Life[];
  stood: Stood[];
}

const SECOND = 1_000_000;

export async function checkSteps(pool: Pool, judged: Judged): Promise<Breaches> {
  const history = await readHistory(pool);
  return {
    'nobody had a conversation before a step allowed it': findEarly(history, judged),
    'nobody was left waiting beside somebody free': findLate(history, judged),
    'no place in line was lost': findMoved(history),
    'nobody was overtaken': findOvertaken(history, judged),
    'each step was entered once, in order and not before it began': findMisplaced(history),
    'each step that raises the priority was told once': findMistold(history),
    'each was given to one agent, by one decision': history.lives.filter(({ assignments }) => {
      return assignments.length !== 1 || assignments[0]?.decisions !== 1;
    }),
  };
}

/** In microseconds, as the database keeps them. */
const instant = (of: string) => `(extract(epoch from ${of}) * ${SECOND})::float8`;

async function readHistory(pool: Pool): Promise<History> {
  const { rows: lives } = await pool.query<Life>(
    `select conversation_id as id, meta ->> 'line' as line, plan_step as step, ${instant('queued_at')} as "queuedAt",
      (select coalesce(json_agg(json_build_object('agentId', a.agent_id, 'at', ${instant('a.assigned_at')},
        'endedAt', ${instant('a.ended_at')}, 'decisions', (select count(*) from decision d where d.assignment_id = a.assignment_id))), '[]')
        from assignment a where a.conversation_id = c.conversation_id) as assignments,
      (select count(*)::integer from event e where e.stream_id = c.conversation_id and e.type = 'conversation.updated'
        and e.data ->> 'by' = 'policy' and e.data ->> 'priority' = 'high') as raised
    from conversation c`,
  );
  const { rows: stood } = await pool.query<Stood>(
    `select stood_id::integer as nth, xid::text::float8 as xid, ${instant('at')} as at, conversation_id as id, state,
      agent_id as "agentId", plan, step, priority, ${instant('rank_at')} as "rankAt" from stood order by stood_id`,
  );
  return { lives, stood };
}

/** After how long this agent may have it. Every plan ends with a step for all. */
function allowedAfter(line: string, { level }: Hired): number {
  const step = plans[line]?.find((one) => level >= one.level);
  if (step === undefined) throw new Error(`Nobody of level ${level} may ever have a ${line} one.`);
  return step.after * SECOND;
}

function findEarly({ lives }: History, { agents }: Judged): unknown[] {
  return lives.flatMap((life) =>
    life.assignments.flatMap(({ agentId, at }) => {
      const agent = agents.find((one) => one.agentId === agentId) as Hired;
      const early = life.queuedAt + allowedAfter(life.line, agent) - at;
      return early > 0 ? [{ id: life.id, line: life.line, level: agent.level, early }] : [];
    }),
  );
}

interface Span {
  from: number;
  to: number;
}

const END = Number.POSITIVE_INFINITY;

/** When the agent had room for one more. */
function findFree({ lives }: History, { agentId, capacity }: Hired): Span[] {
  const held = lives
    .flatMap(({ assignments }) => assignments)
    .filter((one) => one.agentId === agentId);
  const changes = held
    .flatMap(({ at, endedAt }) => [
      { at, by: 1 },
      { at: endedAt ?? END, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  const free: Span[] = [];
  let [load, from] = [0, 0];
  for (const { at, by } of changes) {
    if (load < capacity && load + by === capacity) free.push({ from, to: at });
    if (load === capacity && by < 0) from = at;
    load += by;
  }
  return load < capacity ? [...free, { from, to: END }] : free;
}

interface Late {
  life: Life;
  /** Milliseconds for which it waited beside one and the same agent who was free, while a server was there. */
  late: number;
}

function readLateness(history: History, { agents, downtimes }: Judged): Late[] {
  const down = downtimes.map(({ from, to }) => ({ from: from * 1000, to: to * 1000 }));
  const fit = agents.map((agent) => ({ agent, free: findFree(history, agent) }));
  return history.lives.map((life) => {
    const { line, queuedAt, assignments } = life;
    const idle = fit.flatMap(({ agent, free }) => {
      const waited = { from: queuedAt + allowedAfter(line, agent), to: assignments[0]?.at ?? END };
      const beside = free.map((span) => overlap(span, waited));
      return beside.map(
        (both) => lengthOf(both) - sum(down.map((one) => lengthOf(overlap(one, both)))),
      );
    });
    return { life, late: Math.max(0, ...idle) / 1000 };
  });
}

function findLate(history: History, judged: Judged): unknown[] {
  return readLateness(history, judged).filter(({ late }) => late > judged.lateMs);
}

const overlap = (a: Span, b: Span): Span => {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
};
const lengthOf = ({ from, to }: Span): number => Math.max(0, to - from);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function findMoved({ lives, stood }: History): unknown[] {
  const queuedAt = new Map(lives.map((life) => [life.id, life.queuedAt]));
  return stood.filter(({ id, priority, rankAt }) => {
    return rankAt !== (queuedAt.get(id) ?? 0) - BOOST[priority] * SECOND;
  });
}

/** By the states that the pass which gave one away had before it, or has itself written. */
function findOvertaken({ stood }: History, { agents }: Judged): unknown[] {
  const levels = new Map(agents.map(({ agentId, level }) => [agentId, level]));
  const now = new Map<string, Stood>();
  const byPass = Map.groupBy(stood, ({ xid }) => xid);
  const lastOf = new Map([...byPass].map(([xid, rows]) => [rows.at(-1)?.nth, xid]));
  return stood.flatMap((row) => {
    now.set(row.id, row);
    const given = (byPass.get(lastOf.get(row.nth) ?? 0) ?? []).filter(isGiven);
    return given.flatMap((one) => {
      const level = levels.get(one.agentId ?? '') ?? 0;
      const before = [...now.values()].filter((other) => {
        return isWaiting(other) && goesBefore(other, one) && fits(other, level);
      });
      return before.map((other) => ({ given: one, before: other }));
    });
  });
}

const isGiven = ({ state }: Stood): boolean => state === 'assigned';
const isWaiting = ({ state, plan }: Stood): boolean => state === 'waiting' && plan !== null;
const goesBefore = (a: Stood, b: Stood): boolean =>
  a.rankAt < b.rankAt || (a.rankAt === b.rankAt && a.id < b.id);

function fits({ plan, step }: Stood, level: number): boolean {
  return level >= (plans[plan ?? '']?.[step ?? 0]?.level ?? END);
}

function findMisplaced({ lives, stood }: History): unknown[] {
  const byId = Map.groupBy(stood, ({ id }) => id);
  return lives.flatMap(({ id, line, queuedAt }) => {
    const own = byId.get(id) ?? [];
    // Who is given away at once enters the step with it.
    const placed = own.filter((one, nth) => {
      return isWaiting(one) || (isGiven(one) && one.step !== own[nth - 1]?.step);
    });
    const wrong = placed.filter(({ at, plan, step, priority }, nth) => {
      const stated = plans[line]?.[step ?? 0];
      const last = placed[nth - 1]?.step ?? -1;
      const isOther = plan !== line || priority !== (stated?.priority ?? 'normal');
      const isEarly = at - queuedAt < (stated?.after ?? END) * SECOND;
      return isOther || isEarly || (step ?? 0) <= last;
    });
    return placed.length === 0 || wrong.length > 0 ? [{ id, line, wrong }] : [];
  });
}

function findMistold({ lives, stood }: History): unknown[] {
  const high = new Set(stood.filter(({ priority }) => priority === 'high').map(({ id }) => id));
  return lives.filter(({ id, raised }) => raised !== Number(high.has(id)));
}
