// Answers 404 for everything below an id that the agent may not see; checked once for all routes.
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import type { Desk } from '../desk/context.ts';
import { type RefusalCode, Refused } from '../errors.ts';
import { makeLookUp } from '../store/gather.ts';
import { findSeen, type Seeable } from '../store/sight.ts';

type Looking = Pick<Desk, 'db'>;

const paths: readonly [prefix: string, kind: Seeable, refusal: RefusalCode][] = [
  ['/api/v1/conversations/:id', 'conversation', 'conversation.not-found'],
  ['/api/v1/contacts/:id', 'contact', 'contact.not-found'],
  ['/api/v1/messages/:id', 'message', 'message.not-found'],
  ['/api/v1/deliveries/:id', 'delivery', 'delivery.not-found'],
  ['/api/v1/attachments/:id', 'attachment', 'attachment.not-found'],
];

/** For every route, also future ones; costs nothing where agents see everything. */
export function hideUnseen(app: FastifyInstance, { desk }: { desk: Looking }): void {
  app.addHook('preHandler', async (request) => {
    const { url = '' } = request.routeOptions;
    const path = paths.find(([prefix]) => url === prefix || url.startsWith(`${prefix}/`));
    if (path === undefined || request.actor === null || sightOf(request.actor) === null) return;
    const [, kind, refusal] = path;
    const { id } = request.params as { id: string };
    if (kind === 'delivery' && !/^[1-9][0-9]{0,14}$/.test(id)) throw new Refused(refusal);
    if (!(await sees(desk, request.actor, { kind, id }))) throw new Refused(refusal);
  });
}

/** false: there is none, or it is hidden. */
async function sees(
  desk: Looking,
  actor: Pick<Actor, 'workspaceId' | 'role' | 'agentId' | 'agentsSee'>,
  { kind, id }: { kind: Seeable; id: string },
): Promise<boolean> {
  const { workspaceId } = actor;
  return (await lookUp(desk, { kind, workspaceId, agentId: sightOf(actor) }, id)) !== null;
}

const lookUp = makeLookUp(
  (
    { db }: Looking,
    { kind, ...of }: { kind: Seeable; workspaceId: string; agentId: string | null },
    ids,
  ) => findSeen(db, kind, { ...of, ids }),
  (one) => one,
);

/** Where no other check would notice that there is none. Refuses `conversation.not-found`. */
export async function requireConversation(desk: Looking, actor: Actor, id: string): Promise<void> {
  const isThere = await sees(desk, actor, { kind: 'conversation', id });
  if (!isThere) throw new Refused('conversation.not-found');
}
