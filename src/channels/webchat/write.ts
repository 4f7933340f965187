// Our conversations and messages as Chimp Assist's clients know them (chimp-assist.md §4). Pure.
import { displayName } from '../../contract/display-name.ts';
import type { Place } from '../../contract/place.ts';
import { isUnseen } from '../../contract/visible-text.ts';
import type {
  Instruction,
  Shown,
  WebAttendant,
  WebConversationFacts,
  WebCustomer,
  WebMessage,
  WebMessageFacts,
  WebPerson,
  WebSessionInfo,
} from '../../contract/webchat.ts';

const nowhere: Place = {
  ...{ position: null, estimatedWaitSeconds: null },
  ...{ waitRange: null, opensAt: null },
};
const sessionTemplate: WebSessionInfo['sessionTemplate'] = {
  customersAllowed: 1,
  attendants: [{ type: 'support/firstLevel', required: true }],
};

export function writeSession(
  facts: WebConversationFacts,
  options: { shown: Shown; place?: Place; lastMessages?: WebMessage[] },
): WebSessionInfo {
  const { agentId, confirmed, state, closeReason } = facts;
  const hasAgent = state === 'assigned' && agentId !== null && confirmed;
  return {
    sessionTopic: facts.sessionTopic,
    sessionId: facts.sessionId,
    requestID: facts.requestId ?? '',
    customer: { ...writeCustomer(facts), lastSeenAt: facts.seenAt.getTime() },
    lastMessages: options.lastMessages ?? [],
    keepAliveTTL: options.shown.keepAliveTTL,
    createdAt: facts.queuedAt.getTime(),
    status: statusOf(facts),
    sessionTemplate,
    assignedAttendants: hasAgent ? [agentId] : [],
    conversationId: facts.conversationId,
    channelId: facts.channelId,
    attendant: hasAgent ? writeAttendant({ ...facts, agentId }, options.shown) : null,
    ...(options.place ?? nowhere),
    lastSeq: facts.lastSeq,
    readSeq: { customer: facts.contactReadSeq, attendant: facts.agentReadSeq },
    ...(state === 'closed' && { reason: closeReason }),
  };
}

/** For the agent alone; `now`: on the server's clock, which a client's may differ from. */
export function writeOffer({ offeredUntil }: WebConversationFacts, now: number) {
  if (offeredUntil === null) return {};
  const until = offeredUntil.getTime();
  return { offeredUntil: until, offeredForMs: Math.max(0, until - now) };
}

function writeAttendant(
  facts: { agentId: string } & Pick<
    WebConversationFacts,
    'agentName' | 'agentAvatarUrl' | 'agentPresent'
  >,
  shown: Shown,
): WebAttendant {
  const { agentId: id, agentName, agentAvatarUrl, agentPresent: present } = facts;
  return { id, name: agentName ?? '', avatarURL: agentAvatarUrl ?? shown.agentAvatarUrl, present };
}

function statusOf({ state, confirmed }: WebConversationFacts): WebSessionInfo['status'] {
  if (state === 'closed') return 'aborted';
  return state === 'assigned' && confirmed ? 'online' : 'waitingAttendantsAssignment';
}

/** What the visitor is told about the state of the conversation. */
export function instructionOf(facts: WebConversationFacts): Instruction {
  const { state, closeReason, confirmed } = facts;
  if (state === 'assigned' && confirmed) return 'session/ready';
  if (state !== 'closed') return 'session/queued';
  if (closeReason === 'expired') return 'session/aborted/expired';
  if (closeReason === 'no-agents') return 'session/aborted/unavailableAttendants';
  return 'session/closed';
}

export function writeCustomer({
  customerId,
  customerName,
  customerAvatarUrl,
  customerVerified: verified,
}: Pick<
  WebConversationFacts,
  'customerId' | 'customerName' | 'customerAvatarUrl' | 'customerVerified'
>): WebCustomer {
  const unsaid = { name: null, email: null, phone: null };
  const hasName = customerName !== null && !isUnseen(customerName);
  // As it was written: each client decides how to show it.
  const name = hasName ? customerName : displayName({ ...unsaid, externalId: customerId });
  return { id: customerId, name, avatarURL: customerAvatarUrl, verified };
}

export function writeMessage(
  facts: WebMessageFacts,
  session: WebConversationFacts,
  shown: Shown,
): WebMessage {
  const { seq, authorKind } = facts;
  const byContact = authorKind === 'contact';
  const [readSeq, readAt] = byContact
    ? [session.agentReadSeq, session.agentReadAt]
    : [session.contactReadSeq, session.contactReadAt];
  return {
    id: facts.messageId,
    seq,
    clientMessageId: facts.clientMessageId,
    from: byContact ? writeCustomer(session) : writeAuthor(facts, shown),
    timestamp: facts.createdAt.getTime(),
    content: facts.text,
    readAt: seq <= readSeq ? (readAt?.getTime() ?? null) : null,
    attachments: facts.attachments.map(({ url, ...rest }) => ({ ...rest, url: webUrlOf(url) })),
    quickReplies: facts.quickReplies,
  };
}

function writeAuthor(facts: WebMessageFacts, shown: Shown): WebPerson {
  const { authorKind, authorId, authorName, authorAvatarUrl } = facts;
  const avatarURL =
    authorKind === 'agent' || authorKind === 'bot'
      ? (authorAvatarUrl ?? shown.agentAvatarUrl)
      : null;
  return { id: authorId ?? authorKind, name: authorName ?? '', avatarURL };
}

/** Visitors fetch files without a token of the API, by an address that nobody can guess. */
function webUrlOf(url: string): string {
  return url.replace(/^\/api\/v1\/attachments\//, '/attachments/');
}
