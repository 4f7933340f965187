// Calls our own address through PUBLIC_URL, as RapidPro does: some proxies drop the bodies of GET requests.
import { randomBytes } from 'node:crypto';
import type { BodyVerdict } from '../../contract/channels.ts';
import type { Outbound, OutboundAnswer } from '../../outbound/open-guarded-outbound.ts';

/**
 * The guarded client that may reach addresses which only the environment names, here PUBLIC_URL,
 * wherever they are.
 */
type Outside = Pick<Outbound, 'send'>;

export type CheckBodies = (channel: {
  channelId: string;
  secret: string | null;
}) => Promise<BodyVerdict>;

/** For each of the two calls, so that the check takes five seconds at most. */
const TIMEOUT_MS = 2500;
/** Our answers are far shorter; of a proxy's answer no more is read. */
const MAX_ANSWER_BYTES = 1024;
/** The characters that a header can carry. */
const SENDABLE = /^[\x20-\x7e]+$/;

export function makeCheckBodies(means: {
  outside: Outside;
  /** null: it is not set. */
  publicUrl: string | null;
}): CheckBodies {
  const { outside, publicUrl } = means;
  return async ({ channelId, secret }) => {
    if (publicUrl === null) return 'no-public-url';
    if (secret === null || !SENDABLE.test(secret)) return 'no-secret';
    const base = `${publicUrl.replace(/\/+$/, '')}/api/apps/public/${channelId}`;
    const shared = {
      method: 'GET' as const,
      verifyTls: true,
      timeoutMs: TIMEOUT_MS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    };
    const authorization = `Token ${secret}`;
    // First without a body: any failure after that is caused by the body.
    const bare = await outside.send({
      ...{ ...shared, url: `${base}/secret.check`, headers: { authorization } },
    });
    const obstacle = findObstacle(bare);
    if (obstacle !== null) return obstacle;
    const nonce = randomBytes(16).toString('hex');
    const answer = await outside.send({
      ...{ ...shared, url: `${base}/body.check` },
      headers: { authorization, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ nonce })),
    });
    const isBack = answer.ok && answer.status === 200 && readNonce(answer.body) === nonce;
    return isBack ? 'passed' : 'dropped';
  };
}

/** Why even a request without a body is not answered as we would. */
function findObstacle(answer: OutboundAnswer): BodyVerdict | null {
  if (!answer.ok) return answer.error === 'tls' ? 'tls' : 'no-answer';
  if (answer.status >= 300 && answer.status < 400) return 'redirected';
  return answer.status === 204 ? null : 'elsewhere';
}

function readNonce(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString('utf8')) as { nonce?: unknown } | null)?.nonce;
  } catch {
    return undefined;
  }
}
