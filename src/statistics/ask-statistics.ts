// Asks the company for its statistics of a customer through the guarded client, and remembers the answer for a moment.

import type { Clock } from '../clock.ts';
import type { Log } from '../desk/context.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { Refused } from '../errors.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import { readStatistics, type Statistic, type Statistics } from './read-statistics.ts';
import { type StatisticsSubject, type StatisticsWindow, statisticsUrl } from './statistics-url.ts';

const TIMEOUT_MS = 5000;
const MAX_ANSWER_BYTES = 256 * 1024;
const KEPT_MS = 30_000;
const MOST_KEPT = 1000;

export interface StatisticsQuestion {
  workspaceId: string;
  contactId: string;
  customerId: string;
  subject: StatisticsSubject;
  window: StatisticsWindow;
  base: string;
  style: 'default' | 'customer';
  timeZone: string;
  agentId: string | null;
}

/** Refuses `statistics.unavailable`. */
export type AskStatistics = (question: StatisticsQuestion) => Promise<Statistic[]>;

interface Means {
  outbound: Pick<Outbound, 'send'>;
  log: Log;
  clock: Clock;
  token: string | undefined;
  /** From the environment: the token is for addresses below it. */
  base: string | undefined;
}

/** Callers that ask the same while it is being asked, or within half a minute, share the answer. */
export function makeAskStatistics(means: Means): AskStatistics {
  const kept = new Map<string, { until: number; answer: Promise<Statistics> }>();
  return async (question) => {
    const { workspaceId, contactId, subject, window, base, style, agentId } = question;
    const key = JSON.stringify([workspaceId, contactId, subject, window, base, style, agentId]);
    const now = means.clock.elapsed();
    const known = kept.get(key);
    const answer = known !== undefined && known.until > now ? known.answer : ask(means, question);
    if (answer !== known?.answer) {
      forgetOld(kept, now);
      kept.set(key, { until: now + KEPT_MS, answer });
    }
    const found = await answer;
    if ('items' in found) return found.items;
    // After a failure the next caller asks again.
    if (kept.get(key)?.answer === answer) kept.delete(key);
    means.log.warn(
      { workspaceId, trouble: found.trouble },
      'the statistics could not be asked for',
    );
    throw new Refused('statistics.unavailable');
  };
}

async function ask(means: Means, question: StatisticsQuestion): Promise<Statistics> {
  const url = statisticsUrl({ ...question, now: new Date(means.clock.now()) });
  if (url === null) return { trouble: 'The customer’s id cannot stand in an address.' };
  const answer = await means.outbound.send({
    url,
    method: 'GET',
    headers: { accept: 'application/json', ...tokenFor(means, question, url) },
    verifyTls: true,
    timeoutMs: TIMEOUT_MS,
    maxAnswerBytes: MAX_ANSWER_BYTES,
  });
  if (!answer.ok) return { trouble: answer.text };
  if (answer.truncated) return { trouble: 'Its answer is larger than 256 KiB.' };
  return readStatistics(answer.status, answer.body.toString('utf8'));
}

/**
 * Only below the operator's own base, and for the workspace that the environment configures: an
 * address typed over the API may be anybody's, also on that host.
 */
function tokenFor(
  { token, base: own }: Means,
  { workspaceId, base }: StatisticsQuestion,
  url: string,
): Record<string, string> {
  if (token === undefined || own === undefined || workspaceId !== DEFAULT_WORKSPACE) return {};
  if (trim(base) !== trim(own)) return {};
  const isBelow = new URL(url).href.startsWith(`${trim(new URL(own).href)}/chimpassist/`);
  return isBelow ? { authorization: `Bearer ${token}` } : {};
}

function trim(base: string): string {
  return base.replace(/\/+$/, '');
}

function forgetOld(kept: Map<string, { until: number }>, now: number): void {
  for (const [key, { until }] of kept) {
    if (until > now && kept.size < MOST_KEPT) return;
    kept.delete(key);
  }
}
