// Brings an event to a company's address, signed, and judges the answer.
import type { Clock } from '../clock.ts';
import { deliveredId } from '../contract/delivered-id.ts';
import type { Outbound, OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { readRetryAfter } from '../outbound/read-retry-after.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import type { EndpointWithSecrets } from '../store/endpoints.ts';
import { currentTrace, writeTraceparent } from '../trace.ts';
import type { Carried, Carrier } from './carrier.ts';
import { scheduleRetry } from './retry-schedule.ts';
import { signatureHeaders } from './sign-delivery.ts';
import { writeBody } from './write-body.ts';

const MAX_ANSWER = 4096;

/** `endpointOf` answers null for one that was removed. */
export function carryToEndpoint(options: {
  endpointOf: (key: {
    workspaceId: string;
    endpointId: string;
  }) => Promise<EndpointWithSecrets | null>;
  outbound: Pick<Outbound, 'send'>;
  clock: Pick<Clock, 'now'>;
  version: string;
}): Carrier {
  return async (delivery) => {
    const { workspaceId, subscriberId: endpointId } = delivery;
    const endpoint = await options.endpointOf({ workspaceId, endpointId });
    if (endpoint === null) return { state: 'failed', result: 'the endpoint was removed' };
    // The endpoint of a delivery taken ahead may have been paused, or its type unbound. A replay
    // goes out once even then.
    if (!endpoint.enabled) return null;
    if (!delivery.parked && !endpoint.events.includes(delivery.type)) {
      return { state: 'failed', result: 'cancelled: no longer bound' };
    }
    return carryOnce({ ...options, delivery, endpoint });
  };
}

/** The part of a delivery that one attempt needs. */
export type Sendable = Pick<
  Delivery,
  | 'workspaceId'
  | 'streamId'
  | 'eventId'
  | 'type'
  | 'payload'
  | 'body'
  | 'attempts'
  | 'refusals'
  | 'parked'
> & {
  /** Instead of the event's own. */
  id?: string;
};

/** One attempt; a retry follows the schedule. */
export async function carryOnce(args: {
  delivery: Sendable;
  endpoint: EndpointWithSecrets;
  outbound: Pick<Outbound, 'send'>;
  clock: Pick<Clock, 'now'>;
  version: string;
}): Promise<Carried> {
  const { delivery, endpoint, outbound } = args;
  const id = delivery.id ?? deliveredId(delivery);
  const text = delivery.body ?? writeBody(delivery, endpoint, id).text;
  const body = Buffer.from(text);
  const now = args.clock.now();
  const signed = signatureHeaders({
    secrets: validSecrets(endpoint, now),
    id,
    timestampSeconds: Math.floor(now / 1000),
    body,
    encoding: endpoint.signatureEncoding,
  });
  const trace = currentTrace();
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Usher/${args.version}`,
    ...(trace === null ? {} : { traceparent: writeTraceparent(trace) }),
    ...signed,
  };
  const { url, verifyTls } = endpoint;
  const answer = await outbound.send({ url, method: 'POST', headers, body, verifyTls });
  const sent = { body: text, headers, address: answer.address };
  return { ...judge(delivery, answer, args.clock), sent, botId: endpoint.agentId };
}

/** Newest first; those whose overlap has ended are left out. */
function validSecrets({ secrets }: EndpointWithSecrets, now: number): string[] {
  return secrets
    .filter(({ until }) => until === null || Date.parse(until) > now)
    .map(({ secret }) => secret);
}

function judge(
  delivery: Pick<Delivery, 'type' | 'attempts' | 'refusals' | 'parked'>,
  answer: OutboundAnswer,
  clock: Pick<Clock, 'now'>,
): Carried {
  if (answer.ok && answer.status >= 200 && answer.status < 300) {
    return { state: 'done', ...describe(answer) };
  }
  const status = answer.ok ? answer.status : null;
  const refused = isRefusal(status);
  const refusals = delivery.refusals + (refused ? 1 : 0);
  const asksToWait = status === 429 || status === 503;
  const next = scheduleRetry(
    {
      type: delivery.type,
      attempts: delivery.attempts,
      status,
      refusals,
      retryAfterMs:
        answer.ok && asksToWait ? readRetryAfter(answer.headers['retry-after'], clock.now()) : null,
      hopeless: !answer.ok && answer.error === 'blocked' && answer.literal,
    },
    Math.random(),
  );
  return {
    ...next,
    parked: delivery.parked || (next.state === 'retry' && next.parked),
    refusals,
    uncertain: !answer.ok && answer.sent,
    gone: status === 410,
    ...describe(answer),
  };
}

function describe(answer: OutboundAnswer): Pick<Carried, 'result' | 'status' | 'answer'> & {
  result: string;
} {
  if (!answer.ok) {
    return { result: answer.error, status: null, answer: answer.text.slice(0, MAX_ANSWER) };
  }
  // Characters that the database cannot keep are shown as replacement signs.
  const text = answer.body.subarray(0, MAX_ANSWER).toString().replaceAll('\0', '\ufffd');
  const result = answer.status < 300 ? 'delivered' : `answered ${answer.status}`;
  return { result, status: answer.status, answer: text };
}

/** Refusals that say "never" rather than "later" (gitple-events.md §7.5). */
function isRefusal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}
