// Asks some server, as clients do: with a time limit, and again under the same key until one answers.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './make-random.ts';
import type { Node } from './open-node.ts';

export interface Question {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  path: string;
  body?: unknown;
  token?: string;
  /** Whoever asks again with it has it done once. */
  key?: string;
  /** An attempt had no answer, or one of trouble at the server. */
  onTrouble?: () => void;
}

export interface Answered {
  status: number;
  body: Record<string, unknown>;
}

export interface Asking {
  nodes: readonly Pick<Node, 'url'>[];
  random: Random;
  /** Of the installation. */
  token: string;
  /** How likely it is that an answer is not waited for, and asked for again. */
  lostAnswers: number;
  /** Given up then; asked for each time. */
  isOver(): boolean;
}

/** Somebody may still be doing what was asked for, or have died over it. */
const UNDER_WAY = 'under way';

const ANSWER_MS = 10_000;
const AGAIN_MS = 120;
const LOST_AFTER_MS = 40;
const UNDER_WAY_MS = 5000;

/** null: no answer, or one of trouble at the server. It may have been done. */
async function askOnce(
  asking: Asking,
  question: Question,
  withinMs = ANSWER_MS,
): Promise<Answered | typeof UNDER_WAY | null> {
  const { method, path, body, token = asking.token, key } = question;
  const url = `${asking.random.pick(asking.nodes)?.url}${path}`;
  try {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(Math.ceil(withinMs)),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answered = { status: response.status, body: readBody(text) };
    if (answered.body.code === 'idempotency-key.under-way') return UNDER_WAY;
    return isTrouble(answered) ? null : answered;
  } catch {
    return null;
  }
}

/**
 * Until it is answered, or over. A server that dies between an effect and its answer leaves the key under way: a minute
 * later a repeat runs a second time (decision 24), so whoever wants it once asks no longer than this.
 */
export async function ask(asking: Asking, question: Question): Promise<Answered | null> {
  const { random, lostAnswers } = asking;
  let isFirst = true;
  let underWaySince: number | null = null;
  while (isFirst || !asking.isOver()) {
    isFirst = false;
    const isLost = random.chance(lostAnswers);
    const answered = await askOnce(
      asking,
      question,
      isLost ? random.between(1, LOST_AFTER_MS) : ANSWER_MS,
    );
    if (answered === UNDER_WAY) {
      underWaySince ??= performance.now();
      if (performance.now() - underWaySince > UNDER_WAY_MS) return null;
    } else if (answered !== null) return answered;
    question.onTrouble?.();
    await sleep(random.between(1, AGAIN_MS));
  }
  return null;
}

function isTrouble({ status }: Answered): boolean {
  return status >= 500 || status === 429;
}

function readBody(text: string): Answered['body'] {
  try {
    return JSON.parse(text) as Answered['body'];
  } catch {
    return {};
  }
}
