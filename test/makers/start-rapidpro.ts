// Usher with a channel of RapidPro, called as its engine calls: GET with a body too.
import { request as httpRequest } from 'node:http';
import { startTestUsher, type TestUsher } from './start-test-usher.ts';

export interface RapidPro {
  usher: TestUsher;
  channelId: string;
  /** The user and the token by which RapidPro fetches files. */
  shownOnce: { adminUserId: string; adminAuthToken: string };
  /** Below the channel's base address; an object is sent as JSON, a string as it is. */
  call(method: string, path: string, options?: CallOptions): Promise<RawAnswer>;
  /** Another organisation. */
  addChannel(options?: {
    secret?: string;
    config?: object;
  }): Promise<Omit<RapidPro, 'usher' | 'addChannel'>>;
}

export interface CallOptions {
  body?: unknown;
  authorization?: string | null;
  headers?: Record<string, string>;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: unknown;
}

export const RAPIDPRO_SECRET = '123456789';

export async function startRapidPro(
  options: { config?: object; environment?: Record<string, string> } = {},
): Promise<RapidPro> {
  const usher = await startTestUsher({
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    ...options.environment,
  });
  const addChannel: RapidPro['addChannel'] = async ({
    secret = RAPIDPRO_SECRET,
    config = {},
  } = {}) => {
    const body = { kind: 'rapidpro', name: 'RapidPro', config, secrets: { secret } };
    const made = await usher.call('POST', '/api/v1/channels', { body });
    if (made.status !== 201) throw new Error(made.text);
    const { id, shownOnce } = made.body as { id: string; shownOnce: RapidPro['shownOnce'] };
    const call: RapidPro['call'] = (
      method,
      path,
      { authorization = `Token ${secret}`, ...rest } = {},
    ) => sendRaw(`${usher.url}/api/apps/public/${id}${path}`, { method, authorization, ...rest });
    return { channelId: id, shownOnce, call };
  };
  return { usher, addChannel, ...(await addChannel({ config: options.config ?? {} })) };
}

/** As Go's client sends it: compact JSON with its length, whatever the method. */
export function sendRaw(
  url: string,
  { method, body, authorization, headers = {} }: CallOptions & { method: string },
): Promise<RawAnswer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method,
      agent: false,
      headers: {
        'user-agent': 'Go-http-client/1.1',
        ...(authorization === null || authorization === undefined ? {} : { authorization }),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers,
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString();
        const isJson = response.headers['content-type']?.includes('json') ?? false;
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: answer,
          body: isJson ? JSON.parse(answer) : null,
        });
      });
    });
    request.end(text);
  });
}
