// A server of language models that speaks OpenAI's contract over real HTTP, and misbehaves on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: { model?: unknown; messages?: { role: string; content: string }[]; stream?: unknown };
}

export type ModelAnswer =
  /** What the model says, made of what it was asked. */
  | { says: string | ((asked: Asked) => string); afterMs?: number }
  /** Any other answer. */
  | { status: number; body: string; type?: string; location?: string }
  /** Takes the question and never answers. */
  | { fault: 'hang' }
  /** The connection ends in the middle of the answer. */
  | { fault: 'break' }
  /** JSON that never ends. */
  | { fault: 'endless' }
  /** A stream of events, though none was asked for. */
  | { fault: 'stream' };

export interface ModelServer {
  /** As AI_BASE_URL. */
  url: string;
  /** What was asked, in order. */
  asked: Asked[];
  /** How many questions whoever asked has given up. */
  abandoned(): number;
  setAnswer(answer: ModelAnswer): void;
  stop(): Promise<void>;
}

interface Options {
  port?: number;
  /** The only one that it knows. */
  model?: string;
  /** Without it questions are refused; undefined: none is needed. */
  key?: string | undefined;
}

const MOST_BYTES = 4 * 1024 * 1024;

export async function startModelServer(options: Options = {}): Promise<ModelServer> {
  const { port = 0, model = 'stand-in', key } = options;
  const asked: Asked[] = [];
  let abandoned = 0;
  let answer: ModelAnswer = { says: draft };
  const server = createServer((request, response) => {
    response.once('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    void read(request).then((one) => {
      asked.push(one);
      const refusal = judge(request, one, { model, key });
      give(response, refusal ?? answer, one);
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    abandoned: () => abandoned,
    setAnswer: (next) => {
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** No language model, but of the form of its answers: what was asked for, and of what. */
export function draft({ body: { messages = [] } }: Asked): string {
  const task = messages.find(({ role }) => role === 'system')?.content ?? '';
  const material = messages.find(({ role }) => role === 'user')?.content ?? '';
  const last = material.split('\n').at(-1) ?? '';
  const { translate, text = '' } = parse(last) as { translate?: string; text?: string };
  if (translate !== undefined) return `(translated) ${translate}`;
  if (task.includes('Sum up')) {
    return `Asked: ${text}\n\nDone: nothing yet.\n\nOpen: an answer.`;
  }
  return [
    `Thank you. About “${text}”: we look into it.`,
    'One moment, please.',
    'We will call you.',
  ]
    .join('\n---\n')
    .replaceAll('\r', '');
}

function parse(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  const body = parse(Buffer.concat(chunks).toString('utf8')) as Asked['body'];
  return { path: request.url ?? '', headers: request.headers, body };
}

function judge(
  { method, url }: IncomingMessage,
  { headers, body }: Asked,
  { model, key }: { model: string; key: string | undefined },
): ModelAnswer | null {
  if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
    return refuse(401, 'Incorrect API key provided.');
  }
  if (method !== 'POST' || url !== '/v1/chat/completions') {
    return { status: 404, body: '404 page not found', type: 'text/plain' };
  }
  return body.model === model ? null : refuse(404, `model '${body.model}' not found`);
}

function refuse(status: number, message: string): ModelAnswer {
  return { status, body: JSON.stringify({ error: { message, type: 'invalid_request_error' } }) };
}

function give(response: ServerResponse, answer: ModelAnswer, asked: Asked): void {
  if ('fault' in answer) {
    misbehave(response, answer.fault);
    return;
  }
  if ('status' in answer) {
    const { status, body, type = 'application/json', location } = answer;
    response.writeHead(status, {
      'content-type': type,
      ...(location !== undefined && { location }),
    });
    response.end(body);
    return;
  }
  const { says, afterMs = 0 } = answer;
  const content = typeof says === 'string' ? says : says(asked);
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const message = { role: 'assistant', content };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.end(JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion', choices }));
  }, afterMs);
}

function misbehave(response: ServerResponse, fault: 'hang' | 'break' | 'endless' | 'stream'): void {
  if (fault === 'hang') return;
  if (fault === 'stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('data: {"choices":[{"delta":{"content":"Hello"}}]}\n\ndata: [DONE]\n\n');
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  if (fault === 'break') {
    response.write('{"choices":[{"message":', () => response.destroy());
    return;
  }
  const go = (): void => {
    if (!response.destroyed)
      response.write('[1,2,3,4,5,6,7,8]'.repeat(500), () => setImmediate(go));
  };
  go();
}
