// Judges the signatures of a request without any of Usher's own code.
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ReceivedRequest } from './received-request.ts';

/** `stale`: the signature is right, but of a time too far from the arrival. */
export type Finding = 'right' | 'wrong' | 'missing' | 'stale';

export interface Judgement {
  /** Both are right. */
  ok: boolean;
  /** X-Hub-Signature. */
  hub: Finding;
  /** webhook-signature, with id and timestamp. */
  standard: Finding;
}

const TOLERANCE_MS = 300_000;

/** A signature is right if it agrees with any of the secrets. */
export function judgeRequest(request: ReceivedRequest, secrets: readonly string[]): Judgement {
  const hub = judgeHub(request, secrets);
  const standard = judgeStandard(request, secrets);
  return { ok: hub === 'right' && standard === 'right', hub, standard };
}

function judgeHub({ headers, body }: ReceivedRequest, secrets: readonly string[]): Finding {
  const given = headers['x-hub-signature'];
  if (given === undefined) return 'missing';
  const agrees = secrets.some((secret) =>
    (['hex', 'base64'] as const).some(
      (encoding) =>
        given === `sha256=${createHmac('sha256', secret).update(body).digest(encoding)}`,
    ),
  );
  return agrees ? 'right' : 'wrong';
}

function judgeStandard(request: ReceivedRequest, secrets: readonly string[]): Finding {
  const { headers, body, id, at } = request;
  const given = headers['webhook-signature'];
  const timestamp = headers['webhook-timestamp'];
  if (typeof given !== 'string' || typeof timestamp !== 'string' || id === '') return 'missing';
  const sentAt = new Date(Number(timestamp) * 1000);
  // The library's own verify() knows only the present; requests are judged at any time later.
  const agrees = secrets.some((secret) =>
    given.split(' ').includes(openLibrary(secret).sign(id, sentAt, body)),
  );
  if (!agrees) return 'wrong';
  return Math.abs(at - sentAt.getTime()) <= TOLERANCE_MS ? 'right' : 'stale';
}

function openLibrary(secret: string): Webhook {
  return secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' });
}
