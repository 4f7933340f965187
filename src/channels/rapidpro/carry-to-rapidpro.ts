// Brings agents' messages and closings to RapidPro, and fetches earlier messages for a ticket.
import type { Pool } from 'pg';
import type { Clock } from '../../clock.ts';
import type { MessageAttachment } from '../../contract/events.ts';
import type { Carried, Carrier } from '../../delivery/carrier.ts';
import type { Outbound, OutboundAnswer } from '../../outbound/open-guarded-outbound.ts';
import { type ChannelOf, noteChannelTrouble } from '../../store/channels.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { makeLookUp } from '../../store/gather.ts';
import { getMessage } from '../../store/messages.ts';
import { getTicketFacts, type TicketFacts } from '../../store/tickets.ts';
import { type ImportHistory, importHistory } from './import-history.ts';
import { type Evidence, judgeAnswer } from './judge-answer.ts';
import { type Ticket, writeAgentMessage, writeCloseRoom } from './write.ts';

export interface RapidProMeans {
  db: Pool;
  clock: Clock;
  outbound: Pick<Outbound, 'send'>;
  channelOf: (channelId: string) => ChannelOf<'rapidpro'> | null;
  /** Without a slash at the end: where RapidPro fetches files. */
  publicUrl: () => string;
  importHistory: ImportHistory;
}

// RapidPro may fetch attachments for more than 30 s before it answers, and a repeat reaches the customer.
const TIMEOUT_MS = 60_000;
const MAX_ANSWER = 4096;

// For a healthy channel, clearing its trouble is limited to this interval, not done at every
// delivery.
const LOOK_AGAIN_MS = 1000;

const lookUp = makeLookUp(
  ({ db }: Pick<RapidProMeans, 'db'>, workspaceId: string, conversationIds) =>
    getTicketFacts(db, { workspaceId, conversationIds }),
  ({ conversationId }) => conversationId,
);

export function carryToRapidPro(means: RapidProMeans): Carrier {
  const noteTrouble = noteChannels(means);
  return async (delivery) => {
    const { workspaceId } = delivery;
    const channel = means.channelOf(delivery.subscriberId);
    const ticket = await lookUp(means, workspaceId, delivery.streamId);
    if (channel === null || ticket === null) return failed('the channel is gone');
    if (delivery.type === 'import-history') {
      return importHistory(means, { channel, delivery, ticket });
    }
    const { webhookUrl } = channel.config;
    if (typeof webhookUrl !== 'string') return failed('RapidPro has not been connected');
    const event = await writeEvent(means, { delivery, ticket, channelId: channel.channelId });
    // Nothing in it can be sent.
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
    return applyJudgement(noteTrouble, {
      delivery,
      ticket,
      channel,
      answer,
      now: means.clock.now(),
    });
  };
}

type NoteTrouble = (channel: ChannelOf<'rapidpro'>, text: string | null) => Promise<void>;

function noteChannels({ db, clock }: Pick<RapidProMeans, 'db' | 'clock'>): NoteTrouble {
  const wellUntil = new Map<string, number>();
  return async ({ workspaceId, channelId }, text) => {
    if (text === null && (wellUntil.get(channelId) ?? 0) > clock.elapsed()) return;
    wellUntil.delete(channelId);
    await noteChannelTrouble(db, { workspaceId, channelId, text });
    if (text === null) wellUntil.set(channelId, clock.elapsed() + LOOK_AGAIN_MS);
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

/** Our addresses end in the file's name, because RapidPro judges by its extension. */
function urlOf(base: string, { id, name, url }: MessageAttachment): string {
  return id === undefined ? url : `${base}/${id}/${encodeURIComponent(name ?? 'file.bin')}`;
}

async function applyJudgement(
  noteTrouble: NoteTrouble,
  args: {
    delivery: Delivery;
    ticket: TicketFacts;
    channel: ChannelOf<'rapidpro'>;
    answer: OutboundAnswer;
    now: number;
  },
): Promise<Carried> {
  const { channel, answer } = args;
  const judged = judgeAnswer(readEvidence(args));
  const told = describe(answer);
  if (judged.verdict === 'done') {
    await noteTrouble(channel, null);
    return { ...told, state: 'done', result: 'delivered' };
  }
  if (judged.verdict === 'failed') return { ...told, state: 'failed', result: judged.reason };
  if (judged.alert !== undefined) await noteTrouble(channel, judged.alert);
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
  now: number;
}): Evidence {
  const { delivery, ticket, answer, now } = args;
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
