// What follows when a bot's program takes what is sent to it, or does not.
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { isToldBot } from '../store/bots.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { takeAllFrom, takeFromFailed } from './hand-over-from-bot.ts';
import { agentChanged, applyUpdate } from './update-agent.ts';

type Key = { workspaceId: string; agentId: string };

const REASON_LENGTH = 200;

/**
 * It did not take what is about this conversation, which people get now. `isGone`: its door does not work at all, so it is
 * given nothing, and people get everything that it has.
 */
export async function failBot(
  desk: Desk,
  {
    conversationId,
    result,
    isGone,
    ...key
  }: Key & {
    conversationId: string;
    /** What came of the attempt. */
    result: string;
    isGone: boolean;
  },
): Promise<void> {
  const { workspaceId, agentId } = key;
  // The router gives it nothing more from here on.
  if (isGone) await setBot(desk, key, { availability: 'offline', reason: result });
  const reason = 'bot-failed';
  await takeFromFailed(desk, { workspaceId, conversationId, botId: agentId, reason });
  if (isGone) await takeAllFrom(desk, { ...key, reason });
}

/** Its endpoint was switched off or removed. */
export async function switchBotOff(desk: Desk, key: Key): Promise<void> {
  await setBot(desk, key, { availability: 'offline', reason: 'its webhook was switched off' });
  await takeAllFrom(desk, { ...key, reason: 'bot-off' });
}

/** It takes what is sent to it: it is online again, unless a person has set it otherwise. */
export async function reviveBot(desk: Desk, key: Key): Promise<void> {
  const bot = await getAgent(desk.db, key);
  if (bot === null || bot.availability !== 'offline' || bot.statusCause !== 'elsewhere') return;
  // What was under way when its webhook was removed or switched off may still be answered.
  if (!(await isToldBot(desk.db, key))) return;
  await setBot(desk, key, { availability: 'online', reason: null });
}

/** Nothing happens where it is so already, or the bot is gone. */
async function setBot(
  desk: Desk,
  key: Key,
  { availability, reason }: { availability: 'online' | 'offline'; reason: string | null },
): Promise<void> {
  const before = await getAgent(desk.db, key);
  if (before === null || before.kind !== 'bot' || before.availability === availability) return;
  const why = {
    ...({ cause: 'elsewhere', by: null } as const),
    reason: reason?.slice(0, REASON_LENGTH) ?? null,
  };
  try {
    await commitLocked(desk, key.workspaceId, (_, after) =>
      applyUpdate(after(agentChanged(key)), key, { availability }, why),
    );
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'agent.not-found') throw error;
  }
}
