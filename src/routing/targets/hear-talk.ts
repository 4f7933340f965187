// Who owes whom an answer, from what has been said. Only an agent's text is an answer. Pure.
import type { Line, Talk } from '../../contract/targets.ts';
import type { Instant } from '../types.ts';

/** What an answer was for: kind of target, and since when it was owed. */
export interface Answer {
  kind: 'firstAnswer' | 'nextAnswer';
  since: Instant | null;
  at: Instant;
  agentId: string | null;
}

export const silence: Talk = { seq: 0, firstAnswerAt: null, answeredAt: null, owedSince: null };

/**
 * The talk with these lines, and the answers among them. Lines count in the order of their moments.
 * What is learnt late counts where it belongs, as far as nothing later has been counted before.
 */
export function hearTalk(before: Talk, lines: readonly Line[]): { talk: Talk; answers: Answer[] } {
  const answers: Answer[] = [];
  const talk = { ...before };
  for (const line of lines.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) {
    talk.seq = Math.max(talk.seq, line.seq);
    if (line.by === 'contact') hearContact(talk, line.at);
    else answers.push(...hearAgent(talk, line));
  }
  return { talk, answers };
}

/** Until the first answer that one alone is owed. */
function hearContact(talk: Talk, at: Instant): void {
  if (talk.answeredAt === null || at <= talk.answeredAt) return;
  talk.owedSince = Math.min(talk.owedSince ?? at, at);
}

function hearAgent(talk: Talk, { at, agentId }: Line): Answer[] {
  const { firstAnswerAt, owedSince } = talk;
  talk.answeredAt = Math.max(talk.answeredAt ?? at, at);
  if (firstAnswerAt === null) {
    talk.firstAnswerAt = at;
    return [{ kind: 'firstAnswer', since: null, at, agentId }];
  }
  if (owedSince === null || at < owedSince) return [];
  talk.owedSince = null;
  return [{ kind: 'nextAnswer', since: owedSince, at, agentId }];
}
