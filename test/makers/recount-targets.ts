// What targets were met and missed, by plain code of its own: from the messages and events of each conversation.
import type { Pool } from 'pg';

export interface Counted {
  kind: 'firstAnswer' | 'nextAnswer' | 'end';
  met: boolean;
  /** Met: when it was done; missed: when it was due. */
  at: number;
  agentId: string | null;
}

interface Moment {
  at: number;
  what: 'contact' | 'agent' | 'opened' | 'closed' | 'assigned' | 'requeued';
  agentId: string | null;
}

/** `seconds` of each target, which every hour counts; `until`: a target that is due later is still open. */
export async function recountTargets(
  db: Pool,
  seconds: Record<Counted['kind'], number>,
  until: number,
): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const moments of await readMoments(db)) counted.push(...recount(moments, seconds, until));
  return counted;
}

function recount(
  moments: readonly Moment[],
  seconds: Record<Counted['kind'], number>,
  until: number,
): Counted[] {
  const counted: Counted[] = [];
  const holderAt = (at: number) =>
    moments.filter((one) => one.at <= at && ['assigned', 'requeued'].includes(one.what)).at(-1)
      ?.agentId ?? null;
  const end = moments.find(({ what }) => what === 'closed')?.at ?? null;
  const judge = (kind: Counted['kind'], since: number, done: Moment | null) => {
    const dueAt = since + seconds[kind] * 1000;
    if (done !== null && done.at < dueAt) {
      counted.push({ kind, met: true, at: done.at, agentId: done.agentId });
    } else if (dueAt <= Math.min(until, done?.at ?? end ?? until)) {
      counted.push({ kind, met: false, at: dueAt, agentId: holderAt(dueAt) });
    }
  };
  let owed: { kind: 'firstAnswer' | 'nextAnswer'; since: number } | null = null;
  for (const moment of moments) {
    if (moment.what === 'opened') owed = { kind: 'firstAnswer', since: moment.at };
    if (moment.what === 'contact' && owed === null) owed = { kind: 'nextAnswer', since: moment.at };
    if (moment.what === 'agent' && owed !== null) {
      judge(owed.kind, owed.since, moment);
      owed = null;
    }
  }
  if (owed !== null) judge(owed.kind, owed.since, null);
  const [opened] = moments;
  const closed = moments.find(({ what }) => what === 'closed') ?? null;
  if (opened !== undefined) judge('end', opened.at, closed);
  return counted;
}

/** Of each conversation, in order. */
async function readMoments(db: Pool): Promise<Moment[][]> {
  const { rows } = await db.query<{ id: string; at: Date; what: string; agent: string | null }>(
    `select stream_id as id, at, split_part(type, '.', 2) as what, data ->> 'agentId' as agent, seq from event
      where type in ('conversation.opened', 'conversation.assigned', 'conversation.requeued', 'conversation.closed')
    union all
    select conversation_id, created_at, author_kind, author_id::text, seq from message where kind = 'text'
    order by at, seq`,
  );
  const known = new Map<string, Moment[]>();
  for (const { id, at, what, agent } of rows) {
    const moments = known.get(id) ?? [];
    known.set(id, moments);
    const agentId = what === 'requeued' ? null : agent;
    moments.push({ at: at.getTime(), what: what as Moment['what'], agentId });
  }
  return [...known.values()];
}
