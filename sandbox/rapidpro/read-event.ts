// Reads the body of a callback as Go's decoder and validator do, with their complaints.

export interface CallbackEvent {
  type: string;
  ticketUuid: string;
  /** undefined: absent. */
  data: unknown;
}

export interface AgentMessage {
  text: string;
  attachments: { type: string; url: string }[];
}

export type Read<T> = { ok: true; value: T } | { ok: false; error: string };

type Json = Record<string, unknown>;

export function readEvent(body: Buffer): Read<CallbackEvent> {
  const read = parse(body);
  if (!read.ok) return read;
  if (!isObject(read.value))
    return refuse('json: cannot unmarshal value into eventCallbackRequest');
  const type = readText(read.value, 'type');
  const ticketUuid = readText(read.value, 'ticketID');
  if (type === null || ticketUuid === null) return refuse('json: cannot unmarshal into string');
  const missing = [type === '' ? 'type' : '', ticketUuid === '' ? 'ticketID' : ''].filter(Boolean);
  if (missing.length > 0) {
    return refuse(missing.map((field) => `field '${field}' is required`).join(', '));
  }
  return { ok: true, value: { type, ticketUuid, data: readField(read.value, 'data') } };
}

/** Of the event's `data`. */
export function readAgentMessage(data: unknown): Read<AgentMessage> {
  if (data === undefined) return refuse('unexpected end of JSON input');
  if (!isObject(data)) return refuse('json: cannot unmarshal value into agentMessageData');
  const text = readText(data, 'text');
  if (text === null) return refuse('json: cannot unmarshal into field text of type string');
  const given = readField(data, 'attachments') ?? [];
  if (!Array.isArray(given)) return refuse('json: cannot unmarshal into field attachments');
  const attachments: AgentMessage['attachments'] = [];
  for (const one of given) {
    const type = isObject(one) ? readText(one, 'type') : null;
    const url = isObject(one) ? readText(one, 'url') : null;
    if (type === null || url === null) return refuse('json: cannot unmarshal into an attachment');
    attachments.push({ type, url });
  }
  return { ok: true, value: { text, attachments } };
}

function parse(body: Buffer): Read<unknown> {
  if (body.length === 0) return refuse('unexpected end of JSON input');
  try {
    return { ok: true, value: JSON.parse(body.toString()) };
  } catch {
    return refuse('invalid character in JSON input');
  }
}

/** '' if it is absent or null, null if it is no string. */
function readText(object: Json, name: string): string | null {
  const value = readField(object, name) ?? '';
  return typeof value === 'string' ? value : null;
}

/** Go matches names without regard to case, and the last one wins. */
function readField(object: Json, name: string): unknown {
  const wanted = name.toLowerCase();
  return Object.entries(object).findLast(([key]) => key.toLowerCase() === wanted)?.[1];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(error: string): { ok: false; error: string } {
  return { ok: false, error };
}
