// One line for one received event: to be read, or JSON for programs.
import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../delivery/verify-delivery.ts';
import { clean } from './print.ts';

/** null: there was no secret to verify with. */
export type Verified = { ok: true } | { ok: false; reason: Refusal | 'body.too-large' } | null;

export interface HeardEvent {
  at: Date;
  headers: IncomingHttpHeaders;
  /** null if it was too large to keep. */
  body: Buffer | null;
  verified: Verified;
  /** The answer that was sent. */
  status: number;
  forwarded?: boolean;
  /** Why no answer came from there. */
  forwardError?: string;
}

const REASONS: Record<Refusal | 'body.too-large', string> = {
  'body.too-large': 'the body is larger than 1 MiB',
  'secret.empty': 'the secret is empty',
  'id.missing': 'no webhook-id',
  'timestamp.missing': 'no webhook-timestamp',
  'timestamp.malformed': 'webhook-timestamp is not in Unix seconds',
  'timestamp.too-old': 'signed more than 5 minutes ago',
  'timestamp.too-new': 'signed more than 5 minutes ahead',
  'webhook-signature.missing': 'no webhook-signature',
  'webhook-signature.wrong': 'webhook-signature does not match: another secret, or a changed body',
  'hub-signature.missing': 'no X-Hub-Signature',
  'hub-signature.wrong': 'X-Hub-Signature does not match',
};

export function describeEvent(event: HeardEvent, { json }: { json: boolean }): string {
  return json ? toJsonLine(event) : toReadableLine(event);
}

function toJsonLine({ at, headers, body, verified, status, forwardError }: HeardEvent): string {
  const content = parse(body);
  return JSON.stringify({
    receivedAt: at.toISOString(),
    id: headers['webhook-id'] ?? null,
    type: typeOf(content),
    conversation: conversationOf(content),
    verified: verified === null ? null : verified.ok,
    reason: verified?.ok === false ? verified.reason : null,
    status,
    ...(forwardError === undefined ? {} : { forwardError }),
    headers,
    body: content,
  });
}

function toReadableLine(event: HeardEvent): string {
  const content = parse(event.body);
  const cells = [
    event.at.toTimeString().slice(0, 8),
    clean(typeOf(content) ?? (isObject(content) ? '(no type)' : '(no JSON)')).padEnd(24),
    clean(conversationOf(content) ?? contactOf(content)).padEnd(20),
    sayVerified(event.verified),
    ...(event.forwarded === true ? [`→ ${event.forwardError ?? event.status}`] : []),
  ];
  return cells.join('  ');
}

function sayVerified(verified: Verified): string {
  if (verified === null) return '– not checked';
  return verified.ok ? '✓' : `✗ ${REASONS[verified.reason]}`;
}

/** Text that is not JSON stays text. */
function parse(body: Buffer | null): unknown {
  const text = body?.toString() ?? null;
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function typeOf(content: unknown): string | null {
  return textAt(content, 'type');
}

/** A Gitple session, or the conversation of Usher's own types. */
function conversationOf(content: unknown): string | null {
  const { session, conversation } = isObject(content) ? content : {};
  return textAt(session, 'id') ?? textAt(conversation, 'id');
}

/** An external message belongs to a contact, not to a conversation. */
function contactOf(content: unknown): string | null {
  return isObject(content) ? textAt(content.to, 'id') : null;
}

function textAt(value: unknown, key: string): string | null {
  const text = isObject(value) ? value[key] : null;
  return typeof text === 'string' ? text : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
