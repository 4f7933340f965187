// One bot of Telegram over real HTTP: what people write to it, and what it sends them.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { BotError } from './bot-error.ts';
import { callMethod, makeBot, type Said, type Seen, say } from './make-bot.ts';

export type Misbehaviour = 'busy' | 'mute' | 'deaf';

export interface Telegram {
  url: string;
  /** Somebody writes to the bot. */
  say(chatId: number, said: Said): void;
  /** What the person there sees of the bot. */
  chat(chatId: number): Seen[];
  /** The person there has been shown that the bot types. */
  isTyping(chatId: number): boolean;
  block(chatId: number): void;
  /** Of the next request that sends something. */
  misbehave(how: Misbehaviour): void;
  /** How many updates the bot has not confirmed. */
  pending(): number;
  stop(): Promise<void>;
}

const MOST_BYTES = 50_000_000;
const BUSY = 'Too Many Requests: retry after 1';

export async function startTelegram({ token }: { token: string }): Promise<Telegram> {
  const bot = makeBot();
  const misbehaviours: Misbehaviour[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://telegram');
    const [, isFile, given, rest = ''] = pathname.match(/^(\/file)?\/bot([^/]+)\/(.+)$/) ?? [];
    if (given !== token) refuse(response, new BotError(401, 'Unauthorized'));
    else if (isFile !== undefined) sendFile(response, bot.files.get(rest.replace(/^.*\//, '')));
    else await answerMethod(response, rest, await readFields(request, searchParams));
  }

  async function answerMethod(response: ServerResponse, method: string, fields: FormData) {
    const misbehaviour = method.startsWith('send') ? misbehaviours.shift() : undefined;
    try {
      if (misbehaviour === 'busy') throw new BotError(429, BUSY, { retry_after: 1 });
      const isDone = misbehaviour !== 'deaf';
      const asked = { method, fields, signal: gone(response) };
      const result = isDone && (await callMethod(bot, asked));
      if (misbehaviour === undefined) sendJson(response, 200, { ok: true, result });
      else response.destroy();
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      refuse(response, error);
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: (chatId, said) => say(bot, chatId, said),
    chat: (chatId) => bot.chats.get(chatId) ?? [],
    isTyping: (chatId) => bot.typing.has(chatId),
    block: (chatId) => void bot.blocked.add(chatId),
    pending: bot.updates.pending,
    misbehave: (how) => void misbehaviours.push(how),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Of JSON, a form, a form with files, or the query: Telegram takes all four. */
async function readFields(request: IncomingMessage, query: URLSearchParams): Promise<FormData> {
  const fields = new FormData();
  for (const [name, value] of query) fields.set(name, value);
  const type = request.headers['content-type'] ?? '';
  const body = await buffer(request);
  if (body.length > MOST_BYTES) throw new Error('It is too large.');
  if (type.startsWith('application/json')) {
    for (const [name, value] of Object.entries(JSON.parse(body.toString()) as object)) {
      fields.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
  } else if (body.length > 0) {
    const given = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData();
    for (const [name, value] of given) fields.set(name, value as string);
  }
  return fields;
}

function gone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

function sendFile(response: ServerResponse, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) refuse(response, new BotError(404, 'Not Found'));
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
}

function refuse(response: ServerResponse, { code, message, parameters }: BotError): void {
  const known = parameters === undefined ? {} : { parameters };
  sendJson(response, code, { ok: false, error_code: code, description: message, ...known });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
