// Posts webhooks over keep-alive connections. Each connection sends the next as soon as the last is answered.
import { Pool } from 'undici';
import { allocationBody } from './allocation-body.ts';

export interface Outcome {
  sent: number;
  /** Rooms whose webhook was answered with 200. */
  accepted: number[];
  refused: number;
  failed: number;
  seconds: number;
  latencies: number[];
  /** Seconds after the begin at which each was accepted. */
  acceptedAt: number[];
}

export interface Posting {
  url: string;
  appId: string;
  connections: number;
  seconds: number;
  /** The number of the first room. */
  from: number;
}

export async function postWebhooks(posting: Posting): Promise<Outcome> {
  const { url, connections, seconds, from } = posting;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const outcome: Outcome = {
    sent: 0,
    accepted: [],
    refused: 0,
    failed: 0,
    seconds: 0,
    latencies: [],
    acceptedAt: [],
  };
  const began = performance.now();
  const until = began + seconds * 1000;
  const work = async () => {
    while (performance.now() < until) {
      const room = from + outcome.sent;
      outcome.sent += 1;
      await postOne(pool, { room, appId: posting.appId, since: began, outcome });
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  outcome.seconds = (performance.now() - began) / 1000;
  await pool.close();
  return outcome;
}

async function postOne(
  pool: Pool,
  { room, appId, since, outcome }: { room: number; appId: string; since: number; outcome: Outcome },
): Promise<void> {
  const began = performance.now();
  try {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/api/v1/webhook/agent_allocation',
      headers: { 'content-type': 'application/json' },
      body: allocationBody(appId, room),
    });
    await body.dump();
    outcome.latencies.push(performance.now() - began);
    if (statusCode === 200) {
      outcome.accepted.push(room);
      outcome.acceptedAt.push((performance.now() - since) / 1000);
    } else outcome.refused += 1;
  } catch {
    outcome.failed += 1;
  }
}
