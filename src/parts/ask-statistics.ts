// Asks the company for its statistics of a customer, guarded and bounded, and remembers the answer for a moment.
import { readStatistics, type Statistics } from '../connectors/chimp-assist/read-statistics.ts';
import { statisticsUrl } from '../connectors/chimp-assist/statistics-url.ts';
import type { Log } from '../desk/context.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { Refused } from '../errors.ts';
import type { AskStatistics, StatisticsQuestion } from '../http/statistics.ts';
import type { Outbound } from '../outbound/make-outbound.ts';

const TIMEOUT_MS = 5000;
const MAX_ANSWER_BYTES = 256 * 1024;
const KEPT_MS = 30_000;
const MOST_KEPT = 1000;

interface Means {
  outbound: Pick<Outbound, 'send'>;
  log: Log;
  token: string | undefined;
  /** Of the environment: the token is for what lies below it. */
  base: string | undefined;
}

/** Whoever asks the same while it is being asked, or half a minute later, is given the same. */
export function makeAskStatistics(means: Means): AskStatistics {
  const kept = new Map<string, { until: number; answer: Promise<Statistics> }>();
  return async (question) => {
    const { workspaceId, contactId, subject, window, base, style, agentId } = question;
    const key = JSON.stringify([workspaceId, contactId, subject, window, base, style, agentId]);
    const now = Date.now();
    const known = kept.get(key);
    const answer = known !== undefined && known.until > now ? known.answer : ask(means, question);
    if (answer !== known?.answer) {
      forgetOld(kept, now);
      kept.set(key, { until: now + KEPT_MS, answer });
    }
    const found = await answer;
    if ('items' in found) return found.items;
    // What failed is asked anew by the next one.
    if (kept.get(key)?.answer === answer) kept.delete(key);
    means.log.warn(
      { workspaceId, trouble: found.trouble },
      'the statistics could not be asked for',
    );
    throw new Refused('statistics.unavailable');
  };
}

async function ask(means: Means, question: StatisticsQuestion): Promise<Statistics> {
  const url = statisticsUrl({ ...question, now: new Date() });
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

/** Only below the operator's own base, and for the workspace that the environment configures: an address that was typed over the API may be anybody's, also on that host. */
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
