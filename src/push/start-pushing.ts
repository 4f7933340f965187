// Tells people on their devices what they do not see: finds what is to be pushed each second, and sends it.
import { createHash } from 'node:crypto';
import { displayName } from '../contract/display-name.ts';
import type { PushContent } from '../contract/push-kinds.ts';
import type { Desk } from '../desk/context.ts';
import { everyWorkspace } from '../loops/every-workspace.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import { findPushes, listSubscribedWorkspaces } from '../store/find-pushes.ts';
import { dropSubscription } from '../store/push-subscriptions.ts';
import { noteRefused, noteSent, type TakenPush, takePushes } from '../store/pushes.ts';
import { encryptPush } from './encrypt-push.ts';
import { judgePushAnswer, type PushOutcome } from './judge-answer.ts';
import type { Vapid } from './make-vapid.ts';

export interface PushingMeans {
  desk: Pick<Desk, 'db' | 'log' | 'clock'>;
  outbound: Pick<Outbound, 'send'>;
  vapid: Vapid;
  onError: (error: unknown, what: string) => void;
}

const EVERY_MS = 1000;
/** Of a node at a time: a service that hangs holds as many places as devices name it. */
const MOST_UNDER_WAY = 64;
const MOST_OF_A_WORKSPACE = 32;
const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4096;
const LONGEST_NAME = 100;

/** `stop`: what is under way is finished first. */
export function startPushing(means: PushingMeans): { stop(): Promise<void> } {
  const { desk, onError } = means;
  const underWay = new Set<Promise<void>>();
  let places = MOST_UNDER_WAY;
  let stopped = false;
  const takeSome = async (workspaceId: string): Promise<void> => {
    const most = Math.min(MOST_OF_A_WORKSPACE, places);
    if (most <= 0 || stopped) return;
    for (const push of await takePushes(desk.db, { workspaceId, most })) begin(workspaceId, push);
  };
  const carry = async (workspaceId: string, push: TakenPush): Promise<void> => {
    places -= 1;
    await carryPush(means, workspaceId, push)
      .catch((error: unknown) => onError(error, 'a push was not sent'))
      .finally(() => {
        places += 1;
      });
    // It was the one of its device: the next need not wait for a look.
    await takeSome(workspaceId).catch((error: unknown) =>
      onError(error, 'the next pushes were not taken'),
    );
  };
  const begin = (workspaceId: string, push: TakenPush): void => {
    const carrying = carry(workspaceId, push).finally(() => underWay.delete(carrying));
    underWay.add(carrying);
  };
  const look = everyWorkspace(
    {
      what: 'pushing news to devices',
      everyMs: EVERY_MS,
      list: () => listSubscribedWorkspaces(desk.db),
      act: async (workspaceId) => {
        await findPushes(desk.db, workspaceId);
        await takeSome(workspaceId);
      },
    },
    { onError, clock: desk.clock },
  );
  return {
    stop: async () => {
      stopped = true;
      await look.stop();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function carryPush(means: PushingMeans, workspaceId: string, push: TakenPush): Promise<void> {
  const { db, clock, log } = means.desk;
  const answer = await sendPush(means, push);
  const outcome = judgePushAnswer(answer, { attempts: push.attempts, now: clock.now() });
  const { pushId, subscriptionId } = push;
  if (outcome.is === 'sent') await noteSent(db, { workspaceId, pushId });
  else if (outcome.is === 'gone') await dropSubscription(db, { workspaceId, subscriptionId });
  else await noteRefused(db, { workspaceId, pushId, retryInMs: retryOf(outcome) });
  if (outcome.is === 'failed') {
    const host = new URL(push.endpoint).host;
    log.warn({ workspaceId, subscriptionId, host, why: outcome.why }, 'a push was not taken');
  }
}

const retryOf = (outcome: PushOutcome) => (outcome.is === 'retry' ? outcome.inMs : null);

async function sendPush({ outbound, vapid }: PushingMeans, push: TakenPush) {
  const { endpoint, publicKey, auth, ttlSeconds } = push;
  const plain = Buffer.from(JSON.stringify(contentOf(push)));
  return outbound.send({
    ...{ url: endpoint, method: 'POST', verifyTls: true },
    headers: {
      authorization: await vapid.authorize(new URL(endpoint).origin),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(ttlSeconds),
      urgency: 'high',
      topic: topicOf(push),
    },
    body: encryptPush(plain, { publicKey, auth }),
    ...{ timeoutMs: TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES },
  });
}

export function contentOf(push: TakenPush): PushContent {
  const { kind, conversationId, text, language, token } = push;
  const name = displayName(push.contact).slice(0, LONGEST_NAME);
  return { kind, conversationId, name, text, language, token };
}

/** Of what the service still keeps about the conversation, the newest is left. It may know nothing of ids. */
function topicOf({ subscriptionId, conversationId }: TakenPush): string {
  const name = `${subscriptionId}:${conversationId}`;
  return createHash('sha256').update(name).digest('base64url').slice(0, 32);
}
