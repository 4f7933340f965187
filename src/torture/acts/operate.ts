// Does one thing with a conversation and writes down when it began, when it was answered, and what.
import type { Answered, Question } from '../ask.ts';
import type { Random } from '../make-random.ts';
import type { Operation, Seen } from '../record.ts';
import { elapsed, type Round } from '../world.ts';

export interface Wanted {
  conversation: string;
  verb: Operation['verb'];
  agentId?: string | null;
  /** Given its mark. */
  question(mark: string): Omit<Question, 'key'>;
}

/** A statement may wait so long for a connection that is gone already. */
const BLUR_MS = 10_000;

/** `times`: asked so often at once, as somebody does whose first request seems lost. */
export async function operate(
  round: Round,
  random: Random,
  { conversation, verb, agentId = null, question }: Wanted,
  times = 1,
): Promise<Operation & { id: string; conversationId: string | null }> {
  const id = `${round.prefix}op-${round.next()}`;
  const invokedAt = elapsed();
  let hadTrouble = false;
  const onTrouble = () => {
    hadTrouble = true;
  };
  const asked = { ...question(id), onTrouble, ...(verb === 'read' ? {} : { key: id }) };
  const all = await Promise.all(Array.from({ length: times }, () => round.ask(random, asked)));
  const answered = all.find((one) => one !== null) ?? null;
  const operation: Operation = {
    ...{ id, conversation, verb, agentId, invokedAt },
    isDoubtful: hadTrouble && round.blurredAt() >= invokedAt - BLUR_MS,
    returnedAt: answered === null ? null : elapsed(),
    ...readAnswer(verb, answered),
  };
  round.count(verb);
  // A read that was never answered says nothing.
  if (verb !== 'read' || operation.seen !== null) round.acts.operations.push(operation);
  const isOpened = operation.verb === 'open' && operation.answer === 'done';
  return { ...operation, conversationId: isOpened ? String(answered?.body.id) : null };
}

function readAnswer(
  verb: Operation['verb'],
  answered: Answered | null,
): Pick<Operation, 'answer' | 'code' | 'seen'> {
  if (answered === null) return { answer: 'unknown', code: null, seen: null };
  const { status, body } = answered;
  if (status >= 300) return { answer: 'refused', code: String(body.code ?? status), seen: null };
  return { answer: 'done', code: null, seen: verb === 'read' ? readSeen(body) : null };
}

function readSeen(body: Record<string, unknown>): Seen {
  return {
    state: body.state as Seen['state'],
    agentId: body.state === 'assigned' ? String(body.agentId) : null,
    isOffered: (body.offeredUntil ?? null) !== null,
  };
}
