// A receiver of events that checks each signature, keeps what came, and answers as receivers do on a bad day.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from '../make-random.ts';
import type { Received } from '../record.ts';
import { type Answer, type Asked, serveJson } from './serve-json.ts';

export interface ReceiverStandIn {
  port: number;
  misbehave(isBad: boolean): void;
  close(): Promise<void>;
}

export interface ReceiverOptions {
  random: Random;
  secret: string;
  onReceived(received: Omit<Received, 'endpointId'>): void;
}

const HANG_ONE_IN = 400;

export async function startReceiver(options: ReceiverOptions): Promise<ReceiverStandIn> {
  let isBad = false;
  const server = await serveJson((asked) => {
    const answer = isBad ? answerBadly(options.random) : { status: 200 };
    options.onReceived({
      id: String(asked.headers['webhook-id']),
      hash: createHash('sha256').update(asked.body).digest('hex'),
      isSigned: isSigned(asked, options.secret),
      isTaken: answer.status === 200 && answer.instead === undefined,
    });
    return answer;
  });
  return {
    port: server.port,
    misbehave: (bad) => {
      isBad = bad;
    },
    close: server.close,
  };
}

function answerBadly(random: Random): Answer {
  if (random.chance(1 / HANG_ONE_IN)) return { status: 200, instead: 'hang' };
  const fate = random.draw({ well: 76, late: 8, error: 8, reset: 6, busy: 2 });
  if (fate === 'late') return { status: 200, afterMs: random.between(20, 400) };
  if (fate === 'reset') return { status: 200, instead: 'reset' };
  if (fate === 'busy') return { status: 429 };
  return { status: fate === 'error' ? 500 : 200 };
}

/** By both headers. */
function isSigned({ headers, body }: Asked, secret: string): boolean {
  const hmac = () => createHmac('sha256', secret);
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  const whole = hmac().update(`${id}.${timestamp}.`).update(body).digest('base64');
  const hub = hmac().update(body).digest('hex');
  return (
    isSame(headers['webhook-signature'], `v1,${whole}`) &&
    isSame(headers['x-hub-signature'], `sha256=${hub}`)
  );
}

function isSame(given: string | string[] | undefined, right: string): boolean {
  const one = Buffer.from(String(given));
  const other = Buffer.from(right);
  return one.length === other.length && timingSafeEqual(one, other);
}
