// Groups conversations that ask for the same agents, so that one blocked group never hides another.
import type { Needs } from './types.ts';

/** What sets equal needs apart, because others are asked first, or somebody else decides. */
export interface Within {
  /** A plan may prefer other agents; null: none. */
  plan?: string | null;
  /** The department of a mirror that was given it, as channel:department; null: none. */
  handedTo?: string | null;
  /** The mirror alone decides; false: our routing as well. */
  isTheirs?: boolean;
  /** The bot that is given it first; null: none. */
  botAgentId?: string | null;
}

/** Ends the key of what the mirror alone decides. store/hand-over.ts takes it off. */
export const THEIRS = '|theirs';

/** A key is part of an index, whose entries are short. */
const MOST_NAMED = 16;

/** Equal for equal needs, whatever the order of skills or exclusions. */
export function needsKey(
  needs: Omit<Needs, 'channelKind'>,
  { plan = null, handedTo = null, isTheirs = false, botAgentId = null }: Within = {},
): string {
  const key = [
    needs.channelId,
    needs.externalChannelId ?? '',
    needs.teamId ?? '',
    writeSkills(needs),
    needs.weight,
    writeExcluded(needs),
  ];
  if (plan !== null) key.push(plan);
  // A bot is given it before people are asked.
  const asked = botAgentId === null ? writeAsked(needs) : `=${botAgentId}|`;
  if (handedTo === null) return `${asked}${key.join('|')}`;
  return `${asked}${[...key, handedTo].join('|')}${isTheirs ? THEIRS : ''}`;
}

/** Many are named by a digest: nobody reads them out of the key. */
function writeExcluded({ excludedAgentIds }: Pick<Needs, 'excludedAgentIds'>): string {
  const ids = [...excludedAgentIds].sort();
  const all = ids.join('+');
  if (ids.length <= MOST_NAMED) return all;
  return `${ids.length}#${digest(all, 0)}${digest(all, 1)}`;
}

/** FNV-1a, 32 bits at a time over two seeds: the room may not import one. */
function digest(text: string, seed: number): string {
  let [low, high] = [0x811c9dc5 ^ seed, 0xcbf29ce4 ^ seed];
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(text.length - 1 - at), 0x85ebca6b);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}

/** In front, where no channel's id begins with this sign. Who is excluded anyhow is left out. */
function writeAsked({
  askedAgentIds = [],
  excludedAgentIds,
}: Pick<Needs, 'askedAgentIds' | 'excludedAgentIds'>): string {
  const ids = askedAgentIds.filter((id) => !excludedAgentIds.includes(id)).slice(-MOST_NAMED);
  return ids.length === 0 ? '' : `?${ids.join('+')}|`;
}

/** Who was asked before, as the key says it. */
export function readAsked(key: string): string[] {
  const needs = readAwaitKey(key)?.needsKey ?? key;
  return needs.startsWith('?') ? needs.slice(1, needs.indexOf('|')).split('+') : [];
}

/** A level of 1 goes without saying. */
function writeSkills({
  skillIds,
  skillLevels = [],
}: Pick<Needs, 'skillIds' | 'skillLevels'>): string {
  const levelled = skillIds.map((id, nth) => {
    const level = skillLevels[nth] ?? 1;
    return level === 1 ? id : `${id}:${level}`;
  });
  return levelled.sort().join('+');
}

/**
 * Of what waits for one agent alone. It sorts after every group that others may be given, because an
 * id begins with no such sign (store/awaited.ts reads these groups by their beginning).
 */
export function awaitKey(agentId: string, key: string): string {
  return `~${agentId}|${key}`;
}

const ID_LENGTH = 36;

/** The bot that is given it first, as the key says it; null: people are asked. */
export function readBot(key: string): string | null {
  return key.startsWith('=') ? key.slice(1, ID_LENGTH + 1) : null;
}

/** The agent for whom it waits, and the key that it will have after that; null: it waits for nobody by name. */
export function readAwaitKey(key: string): { agentId: string; needsKey: string } | null {
  if (!key.startsWith('~') || key[ID_LENGTH + 1] !== '|') return null;
  return { agentId: key.slice(1, ID_LENGTH + 1), needsKey: key.slice(ID_LENGTH + 2) };
}
