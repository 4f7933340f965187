// The shape of every route of the emulated API, and of its answers.
import type { Scheme } from '../auth.ts';
import type { Fields } from '../fields.ts';
import type { World } from '../world.ts';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  scheme: Scheme;
  /** Changes something, so that `applyThenReset` and its like can strike. */
  writes?: true;
  /** Takes multipart bodies too. */
  multipart?: true;
  handle(world: World, call: ApiCall): Answer;
}

export interface ApiCall {
  query: Fields;
  body: Fields;
  params: Fields;
  /** The call's own address without its query. */
  url: string;
}

export interface Answer {
  status: number;
  json: unknown;
}

export function answerV1(data: unknown): Answer {
  return { status: 200, json: { data } };
}

export function answerV2(data: unknown, meta: unknown = null): Answer {
  return { status: 200, json: { data, meta, status: 200 } };
}

/** Version 1 tells a text or the fields' complaints. */
export function refuseV1(status: number, errors: unknown): Answer {
  return { status, json: { errors } };
}

export function refuseV2(status: number, message: string): Answer {
  return { status, json: { errors: { message }, status } };
}

/** Laravel's way of saying which field is missing. */
export function refuseMissing(field: string): Answer {
  const name = field.replaceAll('_', ' ');
  return refuseV1(400, { [field]: [`The ${name} field is required.`] });
}
