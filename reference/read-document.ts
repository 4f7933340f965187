// The contract, in pieces: a list of all calls, and each call when it is opened. All at once it is megabytes.
import type { Schema } from './word-schema.ts';

export interface Listed {
  method: string;
  path: string;
  tag: string;
  /** The first sentence of what it says of itself. */
  text: string;
}
export interface Contents {
  description: string;
  calls: Listed[];
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  description?: string;
  schema?: Schema;
}
export interface Call {
  description?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Schema }> };
  responses?: Record<
    string,
    { description?: string; content?: Record<string, { schema?: Schema }> }
  >;
  /** Empty: anybody may. Left out: a token, or a session. */
  security?: Record<string, string[]>[];
  /** What `$ref`s name. */
  schemas: Record<string, Schema>;
}

export const readContents = (): Promise<Contents> => read('/docs/contents');

export const readCall = ({ method, path }: Listed): Promise<Call> =>
  read(`/docs/call?${new URLSearchParams({ method, path })}`);

async function read<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as T;
}

/** Of the page, behind #. */
export const addressOf = ({ method, path }: Listed): string => `#/${method}${path}`;
