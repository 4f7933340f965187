// Looks at held conversations in which somebody is silent, and at those that bots have: tells supervisors, reminds contacts, gives back or ends what stays so.
import { channelKinds } from '../contract/channel-kinds.ts';
import {
  type FollowedSilence,
  followSilence,
  type SilenceStep,
} from '../routing/silence/follow-silence.ts';
import { readSilenceTimes } from '../routing/silence/read-silence-times.ts';
import { closeConversations } from '../store/close-conversations.ts';
import { type PlanSaid, sayingNow } from '../store/say-words.ts';
import {
  lockSilent,
  readListeners,
  type SilenceToTell,
  type SilenceWrite,
  type SilentRow,
  tellSilence,
  writeSilence,
} from '../store/silence.ts';
import { run } from '../store/sql.ts';
import { readLines } from '../store/targets.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { saidTo } from './greet-assigned.ts';
import { findPolicy, type KnownPolicies, type KnownPolicy } from './known-policies.ts';
import { givenBack, returnUnanswered } from './requeue-conversation.ts';
import { lookAtBots, takeFromBots } from './watch-bots.ts';
import { writeHeld } from './write-plan-words.ts';

const NO_REPORT = { note: null, tags: null, meta: null, categories: null, closeMeta: null };

/**
 * All in one commit, so that whatever is done is done once. Answers whether there may be more. Two
 * nodes take different conversations.
 */
export async function watchSilence(
  desk: Desk,
  { workspaceId, known }: { workspaceId: string; known: KnownPolicies },
): Promise<boolean> {
  const inForce = await findPolicy(desk, { workspaceId, known });
  if (inForce === null) return false;
  return commit(desk, workspaceId, async (tx, after) => {
    const rows = await lockSilent(tx, workspaceId);
    if (rows.length === 0) return false;
    const bots = rows.filter(({ isBot }) => isBot);
    const people = rows.filter(({ isBot }) => !isBot);
    const from = people.map(({ conversationId, silence }) => {
      return { conversationId, afterSeq: silence?.seq ?? 0 };
    });
    const lines = await readLines(tx, workspaceId, from);
    const lookedAtBots = await lookAtBots(tx, { workspaceId, inForce, rows: bots });
    const looked = people.map((row) => {
      return look(row, { inForce, lines: lines.get(row.conversationId) ?? [] });
    });
    const conversation = rows.map(({ conversationId }) => conversationId);
    const writes = [...looked, ...lookedAtBots].map(({ write }) => write);
    await writeSilence(after({ conversation }), workspaceId, writes);
    await follow(tx, after, { workspaceId, inForce, looked });
    await takeFromBots(tx, after, { workspaceId, looked: lookedAtBots });
    return true;
  });
}

interface Looked {
  row: SilentRow;
  write: SilenceWrite;
  /** null: nothing is counted. */
  followed: FollowedSilence | null;
}

function look(
  row: SilentRow,
  { inForce, lines }: { inForce: KnownPolicy; lines: Parameters<typeof followSilence>[0]['lines'] },
): Looked {
  const { conversationId, channelKind, confirmedAt, silence: before } = row;
  const plan = inForce.policy.routing?.plans.get(row.plan ?? '');
  const times = readSilenceTimes(plan?.silence);
  const nothing = { conversationId, silence: null, nextAt: null, unansweredAt: null };
  // What is said there is not known here.
  if (times === null || channelKinds[channelKind].desk === 'remote') {
    return { row, write: { ...nothing, awaits: null }, followed: null };
  }
  if (confirmedAt === null) {
    const write = { ...nothing, silence: before, awaits: 'acceptance' as const };
    return { row, write, followed: null };
  }
  const followed = followSilence(
    {
      ...{ times, timesSince: inForce.since, before, lines },
      ...{ openedAt: row.queuedAt, heldAt: confirmedAt },
    },
    row.now,
  );
  const { state, nextAt } = followed;
  const { of, noticedAt } = state;
  const write = {
    ...{ conversationId, awaits: of },
    silence: { ...state, seq: row.messageSeq },
    nextAt: toDate(nextAt),
    unansweredAt: of === 'agent' ? toDate(noticedAt) : null,
  };
  return { row, write, followed };
}

interface Following {
  workspaceId: string;
  inForce: KnownPolicy;
  looked: readonly Looked[];
}

async function follow(tx: Tx, after: After<Tx>, following: Following): Promise<void> {
  const { workspaceId, looked } = following;
  const at = (step: SilenceStep) => looked.filter(({ followed }) => followed?.step === step);
  const [told, reminded, returned, ended] = [at('tell'), at('remind'), at('return'), at('end')];
  await say(tx, after, { ...following, looked: [...reminded, ...ended] });
  const news = [
    ['conversation.unanswered', told],
    ['conversation.reminded', reminded],
  ] as const;
  for (const [type, some] of news) {
    if (some.length === 0) continue;
    const rows = some.flatMap(listNews);
    await tellSilence(after({ send: true }), { workspaceId, type, rows });
  }
  for (const { row } of returned) {
    const key = { workspaceId, conversationId: row.conversationId };
    await returnUnanswered(after(givenBack(key)), key);
  }
  if (ended.length > 0) await end(after, { workspaceId, ended });
}

function listNews({ row, followed }: Looked): SilenceToTell[] {
  if (followed === null) return [];
  const { conversationId, agentId, plan } = row;
  const { since, dueAt } = followed.state;
  const data = {
    ...{ agentId, plan: plan ?? '', since: new Date(since).toISOString() },
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
  };
  return [{ conversationId, data }];
}

/** In the contact's language, each once by its key: nothing where the plan has no words, or the channel carries none. */
async function say(tx: Tx, after: After<Tx>, following: Following): Promise<void> {
  const { workspaceId, inForce, looked } = following;
  const { routing } = inForce.policy;
  if (looked.length === 0 || routing === null) return;
  const byId = new Map(looked.map((one) => [one.row.conversationId, one]));
  const listeners = await readListeners(tx, { workspaceId, conversationIds: [...byId.keys()] });
  const sayings = listeners.flatMap((row) => {
    const one = byId.get(row.conversationId);
    if (one?.followed == null || row.plan === null) return [];
    const { followed, row: held } = one;
    const cause = followed.step === 'end' ? 'ended' : 'reminder';
    const means = { routing, row, plan: row.plan, agentName: held.agentName, now: held.now };
    const text = writeHeld(cause, means);
    // Of the agent's message after which the contact is silent.
    const key = `${cause}:${followed.state.cause}`;
    return text === null ? [] : [{ conversationId: row.conversationId, key, text }];
  });
  if (sayings.length === 0) return;
  const said: PlanSaid[] = [];
  said.push(...(await run(after(saidTo(said)), sayingNow(workspaceId, sayings))));
}

async function end(
  after: After<Tx>,
  { workspaceId, ended }: { workspaceId: string; ended: readonly Looked[] },
): Promise<void> {
  const conversation = ended.map(({ row }) => row.conversationId);
  const writing = after({ wake: true, send: true, conversation });
  await closeConversations(
    writing,
    workspaceId,
    conversation.map((conversationId) => {
      const by = { reason: 'contact-silent', actor: 'policy', tellRemote: true };
      return { ...NO_REPORT, conversationId, ...by };
    }),
  );
}

function toDate(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
