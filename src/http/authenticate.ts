// Who is asking: a bearer token, read once for every route that needs one.
import type { FastifyRequest } from 'fastify';
import { type Action, type Actor, can } from '../access/can.ts';
import type { Desk } from '../desk/context.ts';
import { identify } from '../desk/make-token.ts';
import { Refused } from '../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route of the API. */
    actor: Actor;
  }
}

/** A hook that lets through only who may do `action`. */
export function allow(desk: Pick<Desk, 'db'>, action: Action) {
  return async (request: FastifyRequest): Promise<void> => {
    request.actor = await requireActor(desk, request.headers.authorization, action);
  };
}

/** Refuses `token.missing`, `token.invalid` and `role.insufficient`. */
export async function requireActor(
  desk: Pick<Desk, 'db'>,
  authorization: string | undefined,
  action: Action,
): Promise<Actor> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refused('token.missing');
  const actor = await identify(desk, token);
  if (actor === null) throw new Refused('token.invalid');
  if (!can(actor, action)) throw new Refused('role.insufficient');
  return actor;
}
