// Asks a server again that cannot answer now, as while its database is away for some seconds.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 15_000;
const PAUSE_MS = 100;

/** As `fetch`. What changes something has a key, so that it is done once. */
export async function askPatiently(
  url: URL | string,
  { headers, ...request }: { method: string; headers: Record<string, string>; body?: string },
): Promise<Response> {
  const key = request.method === 'GET' ? {} : { 'idempotency-key': randomUUID() };
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const response = await fetch(url, { ...request, headers: { ...headers, ...key } });
    if (response.status !== 503 || Date.now() > until) return response;
    await response.body?.cancel();
    await delay(PAUSE_MS);
  }
}
