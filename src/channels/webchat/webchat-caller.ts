// Finds who calls web chat's routes: a visitor by the session's token, or somebody at work by their own.
import type { FastifyRequest } from 'fastify';
import type { Rights } from '../../access/can.ts';
import type { AgentsSee } from '../../contract/settings.ts';
import { Refused } from '../../errors.ts';
import { readBearer } from '../../http/authenticate.ts';
import type { WebSessionRow } from '../../store/web-sessions.ts';

export type Caller =
  | { kind: 'visitor'; workspaceId: string; session: WebSessionRow }
  | ({
      kind: 'agent';
      workspaceId: string;
      /** As the audit names them. */
      name: string;
      agentId: string | null;
      agentsSee: AgentsSee;
    } & Rights);

/** null: the token is unknown. */
export type FindCaller = (token: string) => Promise<Caller | null>;

/** Refuses `token.missing` and `token.invalid`. */
export async function requireCaller(
  { findCaller }: { findCaller: FindCaller },
  request: FastifyRequest,
): Promise<Caller> {
  const caller = await findCaller(readBearer(request.headers.authorization));
  if (caller === null) throw new Refused('token.invalid');
  return caller;
}

/** The visitor whose session the path names. Refuses `session.not-yours` as well. */
export async function requireVisitor(
  door: { findCaller: FindCaller },
  request: FastifyRequest,
): Promise<Extract<Caller, { kind: 'visitor' }>> {
  const caller = await requireCaller(door, request);
  const { sessionId } = request.params as { sessionId: string };
  if (caller.kind !== 'visitor' || caller.session.sessionId !== sessionId) {
    throw new Refused('session.not-yours');
  }
  return caller;
}
