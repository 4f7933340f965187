// Brings agents' messages and closings to RapidPro, and fetches what was said before a ticket.
import type { Pool } from 'pg';
import { type Evidence, judgeAnswer } from '../connectors/rapidpro/judge-answer.ts';
import { type Ticket, writeAgentMessage, writeCloseRoom } from '../connectors/rapidpro/write.ts';
import type { MessageAttachment } from '../contract/events.ts';
import type { Outbound, OutboundAnswer } from '../outbound/make-outbound.ts';
import { type ChannelWithSecrets, noteChannelTrouble } from '../store/channels.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import { getMessage } from '../store/messages.ts';
import { getTicketFacts, type TicketFacts } from '../store/tickets.ts';
import type { Carried, Carrier } from './carrier.ts';
import { type ImportHistory, importHistory } from './import-history.ts';

export interface RapidProMeans {
  db: Pool;
  outbound: Pick<Outbound, 'send'>;
  channelOf: (channelId: string) => ChannelWithSecrets | null;
  /** Without a slash at the end: where RapidPro fetches files. */
  publicUrl: () => string;
  importHistory: ImportHistory;
}

// RapidPro may fetch attachments for more than 30 s before it answers, and a repeat reaches the customer.
const TIMEOUT_MS = 60_000;
const MAX_ANSWER = 4096;

export function carryToRapidPro(means: RapidProMeans): Carrier {
  return async (delivery) => {
    const channel = means.channelOf(delivery.subscriberId);
    const ticket = await getTicketFacts(means.db, {
      workspaceId: delivery.workspaceId,
      conversationId: delivery.streamId,
    });
    if (channel === null || ticket === null) return failed('the channel is gone');
    if (delivery.type === 'import-history') {
      return importHistory(means, { channel, delivery, ticket });
    }
    const { webhookUrl } = channel.config;
    if (typeof webhookUrl !== 'string') return failed('RapidPro has not been connected');
    const event = await writeEvent(means, { delivery, ticket, channelId: channel.channelId });
    // Nothing in it that could be sent.
    if (event === null) return { state: 'done', result: 'empty' };
    const answer = await means.outbound.send({
      url: webhookUrl,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Token ${channel.secrets.secret ?? ''}`,
      },
      body: Buffer.from(JSON.stringify(event)),
      verifyTls: true,
      timeoutMs: TIMEOUT_MS,
    });
    return applyJudgement(means, { delivery, ticket, channel, answer });
  };
}

async function writeEvent(
  { db, publicUrl }: RapidProMeans,
  args: { delivery: Delivery; ticket: Ticket; channelId: string },
): Promise<Record<string, unknown> | null> {
  const { delivery, ticket, channelId } = args;
  if (delivery.type === 'close-room') return writeCloseRoom(ticket);
  const messageId = String(delivery.payload.messageId);
  const message = await getMessage(db, { workspaceId: delivery.workspaceId, messageId });
  if (message === null) return null;
  const base = `${publicUrl()}/api/apps/public/${channelId}/files`;
  const attachments = message.attachments.map((one) => ({ type: one.type, url: urlOf(base, one) }));
  return writeAgentMessage(ticket, { text: message.text, attachments });
}

/** Ours end in the file's name, by whose extension RapidPro goes. */
function urlOf(base: string, { id, name, url }: MessageAttachment): string {
  return id === undefined ? url : `${base}/${id}/${encodeURIComponent(name ?? 'file.bin')}`;
}

async function applyJudgement(
  { db }: RapidProMeans,
  args: {
    delivery: Delivery;
    ticket: TicketFacts;
    channel: ChannelWithSecrets;
    answer: OutboundAnswer;
  },
): Promise<Carried> {
  const { delivery, ticket, channel, answer } = args;
  const judged = judgeAnswer(readEvidence({ delivery, ticket, answer }));
  const { workspaceId, channelId } = channel;
  const told = describe(answer);
  if (judged.verdict === 'done') {
    await noteChannelTrouble(db, { workspaceId, channelId, text: null });
    return { ...told, state: 'done', result: 'delivered' };
  }
  if (judged.verdict === 'failed') return { ...told, state: 'failed', result: judged.reason };
  if (judged.alert !== undefined) {
    await noteChannelTrouble(db, { workspaceId, channelId, text: judged.alert });
  }
  return {
    ...told,
    state: 'retry',
    result: judged.alert ?? told.result,
    afterMs: judged.afterMs,
    uncertain: !answer.ok && answer.sent,
  };
}

function readEvidence(args: {
  delivery: Delivery;
  ticket: TicketFacts;
  answer: OutboundAnswer;
}): Evidence {
  const { delivery, ticket, answer } = args;
  const now = Date.now();
  return {
    type: delivery.type === 'close-room' ? 'close-room' : 'agent-message',
    attempts: delivery.attempts,
    status: answer.ok ? answer.status : null,
    error: answer.ok ? readError(answer.body) : null,
    blocked: !answer.ok && answer.error === 'blocked',
    ticketAgeMs: now - ticket.openedAt.getTime(),
    eventAgeMs: now - delivery.createdAt.getTime(),
  };
}

function readError(body: Buffer): string | null {
  try {
    const { error } = JSON.parse(body.toString()) as { error?: unknown };
    return typeof error === 'string' ? error.slice(0, 500) : null;
  } catch {
    return null;
  }
}

function describe(answer: OutboundAnswer): {
  result: string;
  status: number | null;
  answer: string;
} {
  if (!answer.ok) return { result: answer.error, status: null, answer: answer.text };
  const text = answer.body.subarray(0, MAX_ANSWER).toString().replaceAll('\0', '\ufffd');
  return { result: `answered ${answer.status}`, status: answer.status, answer: text };
}

function failed(result: string): Carried {
  return { state: 'failed', result };
}
