// Whether a bot keeps the conversation that it has: what was said says when a person gets it, and why. Pure.
import { type BotLimits, MOST_IN_A_MINUTE } from '../contract/bot-limits.ts';
import type { BotFailure, BotLine } from '../contract/bots.ts';
import { findAsking } from './asks-for-person.ts';
import type { Instant } from './types.ts';

export interface FollowingBot {
  limits: BotLimits;
  /** In order; those before the bot had it count for what the contact asks, and for nothing else. */
  lines: readonly BotLine[];
  /** From when on the bot has it. */
  heldAt: Instant;
}

export interface FollowedBot {
  /** null: it keeps it. */
  failure: BotFailure | null;
  /** When it must be looked at next; null: when somebody writes. */
  nextAt: Instant | null;
}

const MINUTE_MS = 60_000;

/** Depends on its arguments alone: every node decides the same. */
export function followBot({ limits, lines, heldAt }: FollowingBot, now: Instant): FollowedBot {
  const { silentMs, words, replies, messages } = limits;
  const isAsking = ({ by, text }: BotLine) => by === 'contact' && findAsking(text, words) !== null;
  if (lines.some(isAsking)) return { failure: 'asked-for-person', nextAt: null };
  const own = lines.filter(({ by, at }) => by === 'bot' && at >= heldAt);
  if (isFlood(lines, { heldAt, messages })) return { failure: 'bot-flooded', nextAt: null };
  if (countTurns(lines, heldAt) > replies) return { failure: 'bot-looped', nextAt: null };
  const owedSince = findOwed(lines, { heldAt, hasSpoken: own.length > 0 });
  if (owedSince === null) return { failure: null, nextAt: null };
  const dueAt = owedSince + silentMs;
  return now >= dueAt ? { failure: 'bot-silent', nextAt: null } : { failure: null, nextAt: dueAt };
}

/** A message more would be one too many, as those stand that it has said since the contact’s last. */
export function isBotFull({ limits, lines, heldAt }: FollowingBot, now: Instant): boolean {
  const next: BotLine = { by: 'bot', text: '', at: now };
  return isFlood([...lines, next], { heldAt, messages: limits.messages });
}

function isFlood(
  lines: readonly BotLine[],
  { heldAt, messages }: { heldAt: Instant; messages: number },
): boolean {
  const own = lines.filter(({ by, at }) => by === 'bot' && at >= heldAt);
  const heard = lines.findLastIndex(({ by }) => by === 'contact');
  const since = lines.slice(heard + 1).filter(({ by, at }) => by === 'bot' && at >= heldAt);
  if (since.length > messages) return true;
  return own.some(({ at }, nth) => {
    const last = own[nth + MOST_IN_A_MINUTE];
    return last !== undefined && last.at - at < MINUTE_MS;
  });
}

/** What it says in a row is one turn. */
function countTurns(lines: readonly BotLine[], heldAt: Instant): number {
  return lines.filter(({ by, at }, nth) => {
    const before = lines[nth - 1];
    const goesOn = before?.by === 'bot' && before.at >= heldAt;
    return by === 'bot' && at >= heldAt && !goesOn;
  }).length;
}

/** Since when the contact waits for it; null: it has answered. The opening counts as the contact’s first word. */
function findOwed(
  lines: readonly BotLine[],
  { heldAt, hasSpoken }: { heldAt: Instant; hasSpoken: boolean },
): Instant | null {
  if (!hasSpoken) return heldAt;
  const answered = lines.findLastIndex(({ by, at }) => by === 'bot' && at >= heldAt);
  const owed = lines.slice(answered + 1).find(({ by }) => by === 'contact');
  return owed?.at ?? null;
}
