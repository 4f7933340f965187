// The body of a delivery, from the facts that were kept when its event happened: always the same bytes.

import { deliveredId } from '../contract/delivered-id.ts';
import { type GitpleType, isGitpleType } from '../contract/event-types.ts';
import type { EventBody } from '../contract/events.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import { writeExternalMessage } from './gitple/write-external-message.ts';
import { type SessionFacts, writeSessionEvent } from './gitple/write-session-event.ts';

/** As store/tell-endpoints.ts and store/events.ts write it; times as the database spells them. */
interface Facts {
  event: EventBody['type'];
  seq: number;
  at: string;
  data: Record<string, unknown>;
  appCode?: string;
  conversation?: SessionFacts['conversation'] & Record<string, unknown>;
  /** For a bot that is given the conversation. */
  given?: Required<Pick<EventBody, 'contact' | 'history'>>;
  contact?: Parameters<typeof writeExternalMessage>[0]['contact'];
}

export interface Body {
  /** The receiver's idempotency key: `webhook-id`, `triggerId`. */
  id: string;
  text: string;
}

/** Pure: the same facts give the same bytes. */
export function writeBody(
  delivery: Pick<Delivery, 'workspaceId' | 'streamId' | 'eventId' | 'type' | 'payload'>,
  endpoint: Pick<EndpointRow, 'absentTimes'>,
  id: string = deliveredId(delivery),
): Body {
  const facts = delivery.payload as unknown as Facts;
  const content = isGitpleType(delivery.type)
    ? writeGitple(id, delivery.type, facts, endpoint)
    : writeOwn(id, delivery, facts);
  return { id, text: JSON.stringify(content) };
}

function writeGitple(
  triggerId: string,
  type: GitpleType,
  facts: Facts,
  endpoint: Pick<EndpointRow, 'absentTimes'>,
): Record<string, unknown> {
  const { at, data, appCode = '', conversation, contact } = facts;
  if (type === 'send_external_message') {
    if (contact === undefined) throw new Error('An external message without its contact.');
    const { from, text } = data as { from: { id: string }; text: string };
    return writeExternalMessage({ triggerId, at, appCode, agentId: from.id, text, contact });
  }
  if (conversation === undefined) throw new Error('A session event without its conversation.');
  const by = typeof data.by === 'string' ? data.by : null;
  const session = { triggerId, at, appCode, type, by, conversation };
  return writeSessionEvent(session, endpoint);
}

function writeOwn(
  id: string,
  { workspaceId, streamId }: Pick<Delivery, 'workspaceId' | 'streamId'>,
  facts: Facts,
): EventBody {
  const { conversation, given } = facts;
  return {
    id,
    type: facts.event,
    at: utc(facts.at),
    workspaceId,
    subjectId: streamId,
    seq: facts.seq,
    ...(conversation === undefined ? {} : { conversation: presentConversation(conversation) }),
    ...given,
    data: facts.data,
  };
}

function presentConversation(
  facts: NonNullable<Facts['conversation']>,
): NonNullable<EventBody['conversation']> {
  const {
    cameBack: _,
    previousAgentId: __,
    previousAssignedAt: ___,
    agentKind: ____,
    ...rest
  } = facts;
  const time = (value: string | null) => (value === null ? null : utc(value));
  return {
    ...rest,
    queuedAt: utc(facts.queuedAt),
    assignedAt: time(facts.assignedAt),
    closedAt: time(facts.closedAt),
  } as unknown as NonNullable<EventBody['conversation']>;
}

function utc(time: string): string {
  return new Date(time).toISOString();
}
