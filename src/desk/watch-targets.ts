// Looks at targets whose moment has come: tells what is due soon or overdue, each once, and records what was met or missed.
import type { TargetState } from '../contract/targets.ts';
import type { PlanTargets } from '../routing/plans/compile-policy.ts';
import { type Followed, followTargets } from '../routing/targets/follow-targets.ts';
import {
  lockTurning,
  putTargetResults,
  type ResultRow,
  readLines,
  type TargetToTell,
  type TargetWrite,
  type TurningRow,
  tellTargets,
  writeTargets,
} from '../store/targets.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { findPolicy, type KnownPolicies } from './known-policies.ts';
import { rankByDue, standing } from './place-targets.ts';

/**
 * All in one commit, so that whatever is told is told once. Answers whether there may be more. Two
 * nodes take different conversations.
 */
export async function watchTargets(
  desk: Desk,
  { workspaceId, known }: { workspaceId: string; known: KnownPolicies },
): Promise<boolean> {
  const inForce = await findPolicy(desk, { workspaceId, known });
  if (inForce === null) return false;
  return commit(desk, workspaceId, async (tx, after) => {
    const rows = await lockTurning(tx, workspaceId);
    if (rows.length === 0) return false;
    const from = rows.map(({ conversationId, targets }) => {
      return { conversationId, afterSeq: targets?.seq ?? 0 };
    });
    const lines = await readLines(tx, workspaceId, from);
    const looked = rows.map((row) => {
      const rules = inForce.policy.routing?.targetsOf(row.plan) ?? null;
      return look(row, { rules, lines: lines.get(row.conversationId) ?? [] });
    });
    await write(tx, after, { workspaceId, looked });
    return true;
  });
}

interface Looked extends Pick<Followed, 'news' | 'results'> {
  row: TurningRow;
  write: TargetWrite;
}

function look(
  row: TurningRow,
  {
    rules,
    lines,
  }: { rules: PlanTargets | null; lines: Parameters<typeof followTargets>[0]['lines'] },
): Looked {
  const { conversationId, targets: before, queuedAt, closedAt, agentId, messageSeq, now } = row;
  if (rules === null) {
    const write = { conversationId, targets: null, rankAt: null };
    return { row, write, news: [], results: [] };
  }
  const said = closedAt === null ? lines : lines.filter(({ at }) => at <= closedAt);
  const followed = followTargets(
    { rules, before, lines: said, enteredAt: queuedAt, endedAt: closedAt, agentId },
    now,
  );
  const state: TargetState = { ...followed.state, seq: messageSeq };
  const targets = standing({ ...followed, state });
  const write = {
    conversationId,
    targets: closedAt === null ? targets : { ...targets, awaits: null, turnAt: null },
    rankAt: rankByDue(followed, rules),
  };
  return { row, write, news: followed.news, results: followed.results };
}

async function write(
  tx: Tx,
  after: After<Tx>,
  { workspaceId, looked }: { workspaceId: string; looked: readonly Looked[] },
): Promise<void> {
  const conversation = looked.map(({ row }) => row.conversationId);
  // A place in line changes, but nobody has more room for it.
  const writes = looked.map(({ write }) => write);
  await writeTargets(after({ wake: false, conversation }), workspaceId, writes);
  for (const type of ['conversation.due-soon', 'conversation.overdue'] as const) {
    const rows = looked.flatMap((one) => listNews(one, type));
    if (rows.length > 0) await tellTargets(after({ send: true }), { workspaceId, type, rows });
  }
  const results = looked.flatMap(listResults);
  if (results.length > 0) await putTargetResults(tx, workspaceId, results);
}

function listNews({ row, news }: Looked, type: Followed['news'][number]['event']): TargetToTell[] {
  const { conversationId, plan, agentId } = row;
  return news
    .filter(({ event }) => event === type)
    .map(({ target: { kind, since, dueAt } }) => ({
      conversationId,
      data: {
        target: kind,
        since: new Date(since).toISOString(),
        dueAt: new Date(dueAt).toISOString(),
        plan: plan ?? '',
        agentId,
      },
    }));
}

function listResults({ row, results }: Looked): ResultRow[] {
  return results.map(({ since, dueAt, decidedAt, ...rest }) => ({
    ...rest,
    conversationId: row.conversationId,
    plan: row.plan ?? '',
    since: new Date(since),
    dueAt: new Date(dueAt),
    decidedAt: new Date(decidedAt),
  }));
}
