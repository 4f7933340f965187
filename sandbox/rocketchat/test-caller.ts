// Calls the emulated API as a bridge does, for its tests.
import { request } from 'undici';
import type { Credentials } from './start-rocketchat.ts';

export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  json: any;
  headers: Record<string, string | string[] | undefined>;
}

export interface Caller {
  get(path: string, query?: Record<string, string>): Promise<Answered>;
  post(path: string, body?: unknown): Promise<Answered>;
  put(path: string, body?: unknown): Promise<Answered>;
  delete(path: string): Promise<Answered>;
}

export function makeCaller(url: string, { userId, authToken }: Partial<Credentials> = {}): Caller {
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    { query = {}, body }: { query?: Record<string, string>; body?: unknown } = {},
  ): Promise<Answered> => {
    const address = new URL(`/api/v1/${path}`, url);
    for (const [name, value] of Object.entries(query)) address.searchParams.append(name, value);
    const answer = await request(address, {
      method,
      // No connection is kept, so that none is stale after a restart.
      reset: true,
      headers: {
        ...(userId !== undefined && { 'x-user-id': userId }),
        ...(authToken !== undefined && { 'x-auth-token': authToken }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, json: JSON.parse(text), headers: answer.headers };
  };
  return {
    get: (path, query = {}) => call('GET', path, { query }),
    post: (path, body = {}) => call('POST', path, { body }),
    put: (path, body = {}) => call('PUT', path, { body }),
    delete: (path) => call('DELETE', path),
  };
}
