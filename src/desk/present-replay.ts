// What a replay has found, with the names of agents.
import { explainedCauses, MOST_LISTED, type Replay } from '../contract/replays.ts';
import type { Judged } from '../routing/replay/judge-pass.ts';
import { listAgentNames, listKeptConversations, type SpanRow } from '../store/replayed.ts';
import type { Db } from '../store/sql.ts';
import type { RulesFound } from './ask-rules-again.ts';
import { presentMoved } from './tally-tried.ts';

export interface Span {
  workspaceId: string;
  from: Date;
  until: Date;
}

export interface Found {
  /** By the assignment. */
  judged: Map<string, Judged>;
  /** Conversations that were decided about, and have no such assignment. */
  lost: string[];
  servers: Map<string, { from: number; until: number; passes: number }>;
  passes: number;
  /** Where time ran out; null: it did not. */
  until: number | null;
  standing: { asked: number; asPlanned: number; otherwise: string[] };
  rules: RulesFound;
}

const ROUTER = 'router';

export async function presentReplay(
  db: Db,
  { workspaceId, from, until, namesContacts }: Span & { namesContacts: boolean },
  { rows, found }: { rows: readonly SpanRow[]; found: Found },
): Promise<Replay> {
  const end = found.until ?? until.getTime();
  const inSpan = rows.filter(({ at }) => at.getTime() < end);
  const decided = inSpan.filter(({ assignedBy }) => assignedBy === ROUTER);
  const moved = inSpan.filter(({ assignedBy }) => assignedBy !== ROUTER);
  const differing = decided.flatMap((row) => {
    const { cause, replayedAgentId } = found.judged.get(row.assignmentId) ?? NOT_ON_RECORD;
    return cause === null ? [] : [{ row, cause, replayedAgentId }];
  });
  const [differences, moves] = [differing.slice(0, MOST_LISTED), moved.slice(0, MOST_LISTED)];
  const ids = [...differences.map(({ row }) => row), ...moves].map(({ agentId }) => agentId);
  const others = differences.flatMap(({ replayedAgentId }) => replayedAgentId ?? []);
  const of = [...new Set([...ids, ...others])];
  const names = await listAgentNames(db, { workspaceId, of });
  const party = (id: string) => ({ id, name: names.get(id) ?? id });
  const kept = await listKeptConversations(db, { workspaceId, of: [...new Set(found.lost)] });
  const missed = found.lost.filter((id) => kept.has(id)).length;
  const unexplained = differing.filter(({ cause }) => !isExplained(cause)).length;
  return {
    ...{ from: from.toISOString(), until: new Date(end).toISOString() },
    ...{ isWhole: found.until === null, passes: found.passes, decided: decided.length },
    reproduced: decided.length - differing.length,
    ...{ differing: differing.length, unexplained, causes: countCauses(differing) },
    differences: differences.map(({ row, cause, replayedAgentId }) => ({
      ...{ ...show(row, party), cause, explained: isExplained(cause) },
      replayed: replayedAgentId === null ? null : party(replayedAgentId),
    })),
    byHand: moved.length,
    moves: moves.map((row) => ({ ...show(row, party), by: row.assignedBy, forced: row.forced })),
    ...{ missed, forgotten: found.lost.length - missed, standing: found.standing },
    rules: presentRules(found.rules),
    against: presentAgainst(found.rules, namesContacts),
    servers: [...found.servers].map(([node, { from, until, passes }]) => ({
      ...{ node, passes },
      ...{ from: new Date(from).toISOString(), until: new Date(until).toISOString() },
    })),
  };
}

const NOT_ON_RECORD = { cause: 'not-on-record', replayedAgentId: null } as const;

function show(row: SpanRow, party: (id: string) => { id: string; name: string }) {
  const { conversationId, assignmentId, agentId, at } = row;
  return { conversationId, assignmentId, at: at.toISOString(), agent: party(agentId) };
}

function presentRules({ asked, causes, again }: RulesFound): Replay['rules'] {
  const matched = [...again].map(([rule, count]) => ({ rule, count }));
  const sum = matched.reduce((all, { count }) => all + count, 0);
  return { asked, again: sum, causes: Object.fromEntries(causes), matched };
}

function presentAgainst({ against }: RulesFound, namesContacts: boolean): Replay['against'] {
  if (against === null) return null;
  const { tally, unknown } = against;
  const moved = tally.moved().map((one) => presentMoved(one, namesContacts));
  return { tried: tally.tried(), elsewhere: tally.elsewhere(), unknown, moved };
}

function isExplained(cause: string): boolean {
  return (explainedCauses as readonly string[]).includes(cause);
}

function countCauses(differing: readonly { cause: string }[]): Record<string, number> {
  const groups = Map.groupBy(differing, ({ cause }) => cause);
  return Object.fromEntries([...groups].map(([cause, all]) => [cause, all.length]));
}
