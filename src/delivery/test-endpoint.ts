// One attempt with a sample, so that an admin sees at once whether an endpoint understands it.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type BindableType, eventOf } from '../contract/event-types.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import type { EndpointWithSecrets } from '../store/endpoints.ts';
import { carryOnce } from './carry-to-endpoint.ts';
import { sampleEvent } from './sample-event.ts';

export interface TestOutcome {
  delivered: boolean;
  type: string;
  triggerId: string;
  result: string;
  status: number | null;
  answer: string | null;
  latencyMs: number;
  request: { url: string; headers: Record<string, string>; body: string };
}

/** Not queued, not repeated, not part of the endpoint's record. */
export async function testEndpoint(
  means: { outbound: Pick<Outbound, 'send'>; clock: Clock; version: string },
  { endpoint, type }: { endpoint: EndpointWithSecrets; type: BindableType },
): Promise<TestOutcome> {
  const eventId = randomUUID();
  const triggerId = `test_${eventId.replaceAll('-', '')}`;
  const { workspaceId } = endpoint;
  const { streamId, facts } = sampleEvent(eventOf(type), new Date(means.clock.now()));
  const began = performance.now();
  const carried = await carryOnce({
    ...means,
    endpoint,
    delivery: {
      workspaceId,
      streamId,
      eventId,
      type,
      payload: facts,
      body: null,
      attempts: 1,
      refusals: 0,
      parked: false,
      id: triggerId,
    },
  });
  const { headers = {}, body = '' } = carried.sent ?? {};
  return {
    delivered: carried.state === 'done',
    type,
    triggerId,
    result: carried.result,
    status: carried.status ?? null,
    answer: carried.answer ?? null,
    latencyMs: Math.round(performance.now() - began),
    request: { url: endpoint.url, headers, body },
  };
}
