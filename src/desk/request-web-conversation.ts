// A visitor wants to talk: their one open conversation, or a new one in the queue (chimp-assist.md §5.1).
import type { Wants } from '../contract/inbound.ts';
import type { Policy } from '../contract/policy/policy.ts';
import { putWebConversation } from '../store/put-web-conversation.ts';
import type { WebSessionRow } from '../store/web-sessions.ts';
import { getPolicy } from '../store/workspaces.ts';
import { closeConversation } from './close-conversation.ts';
import { commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import type { ChannelWants } from './find-wanted.ts';
import { openConversation } from './open-conversation.ts';
import { readPresence } from './read-presence.ts';

export interface WebRequest {
  session: WebSessionRow;
  /** `takesLeft`: messages left while nobody is there are kept until somebody is. */
  channel: { weight: number; takesLeft: boolean } & ChannelWants;
  wants?: Wants;
  /** What replies are addressed with; null: no reply is wanted. */
  requestId: string | null;
  /** The topic the client asks for; it has been checked to be its own. */
  wantedTopic: string | null;
}

/** Answers the conversation's id: a second tab joins the conversation that the first began. */
export async function requestWebConversation(desk: Desk, request: WebRequest): Promise<string> {
  const { session, requestId } = request;
  const { workspaceId, sessionId, customerId } = session;
  const left = request.channel.takesLeft && (await isDeserted(desk, request));
  const opened = await openConversation(desk, readOpening(request, left));
  const { conversationId } = opened;
  // Another tab is opening it at this moment.
  if (conversationId === null) return requestWebConversation(desk, request);
  const ownTopic = `server/sessions/${customerId}/${sessionId}`;
  const wantedTopic = request.wantedTopic ?? ownTopic;
  await commitOne(desk, workspaceId, (after) =>
    putWebConversation(after({ conversation: conversationId }), {
      ...{ workspaceId, conversationId, sessionId, requestId },
      ...{ wantedTopic, ownTopic, verified: session.verified },
    }),
  );
  if (opened.opened && !left) await abortIfDeserted(desk, request, conversationId);
  return conversationId;
}

function readOpening(
  { session, wants, channel: { takesLeft: _, ...channel } }: WebRequest,
  left: boolean,
): Parameters<typeof openConversation>[1] {
  const { workspaceId, channelId, customerId, profile } = session;
  const { name, email, phone, avatarURL, locale, page, ...attributes } = profile;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return {
    workspaceId,
    channel: { channelId, ...channel, remote: false },
    ...(wants !== undefined && { wants }),
    externalId: customerId,
    externalChannelId: null,
    contact: {
      externalId: customerId,
      name: text(name),
      email: text(email),
      phone: text(phone),
      avatarUrl: text(avatarURL),
      attributes,
    },
    priority: 'normal',
    previousSessionId: null,
    meta: {
      ...(page !== undefined && { page }),
      ...(locale !== undefined && { locale }),
      ...(wants !== undefined && wants.skills.length > 0 && { attendants: wants.skills }),
      ...(left && { left }),
    },
  };
}

/** Only where the policy says so: otherwise it waits. */
async function abortIfDeserted(
  desk: Desk,
  request: WebRequest,
  conversationId: string,
): Promise<void> {
  const { workspaceId } = request.session;
  const policy = await getPolicy(desk.db, workspaceId);
  if ((policy as Policy).whenNobodyOnline !== 'abort') return;
  if (!(await isDeserted(desk, request))) return;
  await closeConversation(desk, {
    ...{ workspaceId, conversationId },
    reason: 'no-agents',
    actor: 'policy',
    acting: null,
    tellRemote: false,
  });
}

/** Asks the same question as the presence that visitors are shown. */
async function isDeserted(
  desk: Desk,
  { session: { workspaceId, channelId }, channel }: WebRequest,
): Promise<boolean> {
  // What is asked does not depend on anybody's room, and so not on limits of the kind.
  const found = await readPresence(desk, workspaceId, [{ ...channel, channelId, kind: '' }]);
  return found.get(channelId)?.state === 'away';
}
