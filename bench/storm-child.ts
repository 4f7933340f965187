// Opens conversations in one workspace as fast as they are answered, from an address of its own and in its own process.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';

export interface StormOrder {
  url: string;
  token: string;
  channelId: string;
  connections: number;
  seconds: number;
  /** Begins the name of each conversation. */
  name: string;
}
export interface StormAnswer {
  taken: number;
  /** 429 and 503. */
  refused: number;
  other: number;
}

// Another address than that of the others, as a storm has: the limits by address are not measured.
const FROM = '127.0.0.2';
/** A refused sender comes again as soon as it is told to, or after this time. */
const PAUSE_MS = 100;

async function blow(order: StormOrder): Promise<StormAnswer> {
  const { url, token, channelId, connections, seconds, name } = order;
  const client = new Agent({ connections, pipelining: 1, connect: { localAddress: FROM } });
  const until = performance.now() + seconds * 1000;
  const found: StormAnswer = { taken: 0, refused: 0, other: 0 };
  let sent = 0;
  const send = async (): Promise<void> => {
    while (performance.now() < until) {
      sent += 1;
      const { statusCode, body } = await client.request({
        origin: url,
        method: 'POST',
        path: `/api/v1/channels/${channelId}/conversations`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          externalId: `${name}-${sent}`,
          contact: { externalId: `c-${sent}` },
        }),
      });
      await body.dump();
      if (statusCode === 201) found.taken += 1;
      else if (statusCode === 429 || statusCode === 503) {
        found.refused += 1;
        await sleep(PAUSE_MS);
      } else found.other += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  await client.close();
  return found;
}

// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', async (order: StormOrder | 'stop') => {
  if (order === 'stop') process.disconnect();
  else process.send?.(await blow(order));
});
