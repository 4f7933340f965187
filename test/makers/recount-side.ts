// What an agent's side is made of, as plain rows, and the moments at which anything changes: for oracles of its reports, which call nothing that they judge.

export interface Life {
  agentId: string;
  teamIds: string[];
  /** In order of time. */
  statuses: { at: number; is: 'online' | 'away' | 'offline' | 'gone'; statusId: string | null }[];
  capacities: { at: number; capacity: number }[];
  shifts: { starts: number; ends: number; expects: 'online' | 'away'; statusId: string | null }[];
}
export interface Held {
  conversationId: string;
  agentId: string;
  weight: number;
  since: number;
  /** null: still. */
  till: number | null;
  state: string;
  offered: boolean;
  accepted: number | null;
  reason: string | null;
}
export interface Said {
  conversationId: string;
  seq: number;
  at: number;
  by: 'contact' | 'agent' | 'user';
  agentId: string | null;
}
export interface Talk {
  conversationId: string;
  queuedAt: number;
  teamId: string | null;
  plan: string | null;
  channelId: string;
}
export interface World {
  lives: Life[];
  held: Held[];
  talks: Talk[];
  /** By conversation and number. */
  said: Said[];
}
export interface Span {
  from: number;
  /** Not after now. */
  to: number;
  timeZone: string;
  byDay: boolean;
  agentId: string | null;
  teamId: string | null;
  by: 'all' | 'agent' | 'team' | 'plan' | 'channel';
}

const QUARTER = 15 * 60_000;

/** Days as the calendar of the zone has them, asked every quarter of an hour. */
export function dayAt(span: Span): (at: number) => string | null {
  if (!span.byDay) return () => null;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: span.timeZone, dateStyle: 'short' });
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const day = known.get(quarter) ?? format.format(quarter * QUARTER);
    known.set(quarter, day);
    return day;
  };
}

type Figures = Record<string, number>;
/** By day and key. */
export type Rows = Map<string, Figures>;

export interface At {
  day: string | null;
  key: string;
  what: string;
}

export function addTo(rows: Rows, { day, key, what }: At, value: number): void {
  const row = rows.get(`${day} ${key}`) ?? {};
  row[what] = (row[what] ?? 0) + value;
  rows.set(`${day} ${key}`, row);
}

/** The stretches in which nothing changes, within the span. */
export function calmIn(span: Span, changes: readonly number[]): { at: number; ms: number }[] {
  const quarters: number[] = [];
  const first = Math.ceil(span.from / QUARTER) * QUARTER;
  if (span.byDay) for (let at = first; at < span.to; at += QUARTER) quarters.push(at);
  const inside = [...quarters, ...changes].filter((at) => at > span.from && at < span.to);
  const all = [...new Set([span.from, ...inside, span.to])].sort((a, b) => a - b);
  return all.slice(0, -1).map((at, index) => ({ at, ms: (all[index + 1] ?? at) - at }));
}

export const lastAt = <T extends { at: number }>(rows: readonly T[], at: number): T | undefined =>
  rows.findLast((row) => row.at <= at);

export function among({ lives }: World, { agentId, teamId }: Span): Life[] {
  return lives.filter(
    (life) =>
      (agentId === null || life.agentId === agentId) &&
      (teamId === null || life.teamIds.includes(teamId)),
  );
}

/** By whom an agent is counted; none: not by the agent. */
export function keysOf({ agentId, teamIds }: Life, by: Span['by']): string[] {
  if (by === 'all') return ['all'];
  if (by === 'agent') return [agentId];
  if (by !== 'team') return [];
  return teamIds.length === 0 ? ['none'] : teamIds;
}

/** The key of what happened to a conversation; null: it is not asked for. */
export function keyOf(world: World, span: Span) {
  const talks = new Map(world.talks.map((talk) => [talk.conversationId, talk]));
  const isAsked = (talk: Talk, agentId: string | null) =>
    (span.agentId === null || span.agentId === agentId) &&
    (span.teamId === null || span.teamId === talk.teamId);
  return (conversationId: string, agentId: string | null): string | null => {
    const talk = talks.get(conversationId);
    if (talk === undefined || !isAsked(talk, agentId)) return null;
    const { teamId, plan, channelId } = talk;
    const keys = { all: 'all', agent: agentId, team: teamId, plan, channel: channelId };
    return keys[span.by] ?? 'none';
  };
}

export const isHeldAt = ({ since, till }: Held, at: number): boolean =>
  since <= at && (till === null || till > at);
