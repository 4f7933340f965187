// The shape of every route of the emulated API, and how it reads what it was given.
import type { Permission } from '../permissions.ts';
import { coded } from '../refusal.ts';
import type { User } from '../state.ts';
import type { World } from '../world.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1/`. */
  path: string;
  /** Of the caller, who must be signed in for it; absent: anybody may call, mostly by a visitor's token. */
  auth?: { needs?: Permission[] };
  /** Its own limit; absent: the default. */
  limit?: { calls: number; ms: number };
  multipart?: true;
  handle(world: World, call: ApiCall): Answer | Promise<Answer>;
}

export interface ApiCall {
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  params: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  /** Who is signed in; routes without `auth` see none. */
  user: User | null;
  files: { field: string; name: string; type: string; bytes: Buffer }[];
}

export interface Answer {
  status: number;
  json: Record<string, unknown>;
}

export function success(fields: object = {}): Answer {
  return { status: 200, json: { ...fields, success: true } };
}

export function failure(error?: string | object, errorType?: string): Answer {
  if (typeof error === 'object') return { status: 400, json: { ...error, success: false } };
  return {
    status: 400,
    json: {
      success: false,
      ...(error !== undefined && { error }),
      ...(errorType !== undefined && { errorType }),
    },
  };
}

export const unauthorized: Answer = {
  status: 403,
  json: { success: false, error: 'unauthorized' },
};

export function notFound(error: string): Answer {
  return { status: 404, json: { success: false, error } };
}

/** Who called; a route with `auth` always has one. */
export function caller({ user }: ApiCall): User {
  if (user === null) throw new Error('The route asks for the caller, and lets anybody call.');
  return user;
}

/** Required, and a string; empty ones pass. */
export function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (value === undefined) {
    throw coded('invalid-params', `must have required property '${name}'`);
  }
  return asText(value, name);
}

export function optionalText(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  return value === undefined || value === null ? undefined : asText(value, name);
}

function asText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw coded('invalid-params', `/${name} must be string`);
  return value;
}

export function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw coded('invalid-params', `must have required property '${name}'`);
  }
  return value as Record<string, unknown>;
}

/** `count` is 50 unless told, at most 100, `offset` 0. */
export function page<T>(rows: T[], { query }: ApiCall) {
  const count = readCount(query.count, 50);
  const offset = readCount(query.offset, 0);
  const shown = rows.slice(offset, offset + Math.min(count === 0 ? 100 : count, 100));
  return { rows: shown, count: shown.length, offset, total: rows.length };
}

function readCount(value: unknown, otherwise: number): number {
  const count = Number.parseInt(String(value), 10);
  return Number.isNaN(count) || count < 0 ? otherwise : count;
}
