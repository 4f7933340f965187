// Reads what the broker tells an agent's page. Pure.
import type { ToldOnlookers } from '../../src/contract/onlookers.ts';
import type { Hint } from './apply-hints.ts';

export interface Typing {
  conversationId: string;
  typing: boolean;
  from?: { id: string; name: string };
}

export type News =
  | { kind: 'typing'; typing: Typing }
  /** Whether the company's own system does not see us at work. */
  | { kind: 'blocked'; blocked: boolean }
  | { kind: 'onlookers'; told: ToldOnlookers }
  | { kind: 'changed'; hints: readonly Hint[] }
  | { kind: 'nothing' };

const nothing: News = { kind: 'nothing' };

export function readNews(agentId: string, topic: string, payload: string): News {
  const read = parse(payload);
  if (topic.endsWith('/typing')) {
    return read === null ? nothing : { kind: 'typing', typing: read as Typing };
  }
  if (topic.endsWith('/onlookers')) {
    return read === null ? nothing : { kind: 'onlookers', told: read as ToldOnlookers };
  }
  if (topic.endsWith(`attendants/control/${agentId}`)) return readControl(read);
  const { changed = [] } = (read ?? {}) as { changed?: Hint[] };
  return { kind: 'changed', hints: changed };
}

function readControl(read: unknown): News {
  const { instruction = '' } = (read ?? {}) as { instruction?: string };
  if (instruction.startsWith('attendant/control/terminate/'))
    return { kind: 'blocked', blocked: true };
  if (instruction.startsWith('attendant/control/resume/'))
    return { kind: 'blocked', blocked: false };
  return nothing;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
