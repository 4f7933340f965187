// Agents over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { type Actor, can } from '../access/can.ts';
import { Agent, AgentCreation, AgentUpdate, WrapUpDone } from '../contract/agents.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { createBot, removeBot, updateBot } from '../desk/change-bot.ts';
import { finishWrapUp } from '../desk/finish-wrap-up.ts';
import { createAgent, deleteAgent, updateAgent } from '../desk/update-agent.ts';
import { Refused } from '../errors.ts';
import { getAgent, listAgents } from '../store/agents.ts';
import { findUserOfAgent } from '../store/users.ts';
import { allow } from './authenticate.ts';
import { readCursor, toPage } from './page.ts';
import { presentAgent } from './present.ts';
import type { RouteMeans } from './route-means.ts';

const OWN = new Set(['availability', 'statusId', 'statusReason', 'leaseSeconds']);
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface AgentMeans extends RouteMeans {
  /** false: the company's own system does not see the agent at work. */
  isSeen(agent: { workspaceId: string; agentId: string }): boolean;
}

export const agentRoutes: FastifyPluginAsyncTypebox<AgentMeans> = async (app, { desk, isSeen }) => {
  const read = allow(desk, 'agents.read');
  const write = allow(desk, 'agents.write');
  // The one for oneself, the other for everybody.
  const either = allow(desk, 'conversations.work', 'agents.write');
  const tags = ['agents'];

  app.get(
    '/api/v1/agents',
    { onRequest: read, schema: { tags, querystring: Page, response: { 200: PageOf(Agent) } } },
    async ({ actor: { workspaceId }, query }) => {
      const limit = query.limit ?? 50;
      const after = readCursor(query, FIRST);
      const rows = await listAgents(desk.db, { workspaceId, after, limit: limit + 1 });
      return toPage(rows, limit, { id: (row) => row.agentId, present: presentAgent });
    },
  );
  app.post(
    '/api/v1/agents',
    { onRequest: write, schema: { tags, body: AgentCreation, response: { 201: Agent } } },
    async ({ actor, body: { webhook, kind, ...body } }, reply) => {
      if (kind === 'bot') {
        const made = { ...body, webhook, actor: actor.name };
        if (webhook != null) requireEndpoints(actor);
        return reply.code(201).send(presentAgent(await createBot(desk, actor.workspaceId, made)));
      }
      if (webhook != null) throw new Refused('agent.no-bot');
      // Nobody can have seen an agent who is just being made.
      const key = { workspaceId: actor.workspaceId, agentId: '' };
      if (body.availability === 'online' && !isSeen(key)) throw new Refused('agent.not-seen');
      const agent = await createAgent(desk, actor.workspaceId, {
        ...body,
        actor: actor.name,
      });
      return reply.code(201).send(presentAgent(agent));
    },
  );
  app.get(
    '/api/v1/agents/:id',
    { onRequest: read, schema: { tags, params: IdParams, response: { 200: Agent } } },
    async ({ actor: { workspaceId }, params: { id: agentId } }) => {
      const row = await getAgent(desk.db, { workspaceId, agentId });
      if (row === null) throw new Refused('agent.not-found');
      return presentAgent(row);
    },
  );
  app.patch(
    '/api/v1/agents/:id',
    {
      onRequest: either,
      schema: { tags, params: IdParams, body: AgentUpdate, response: { 200: Agent } },
    },
    async ({ actor, params: { id: agentId }, body }) => {
      // Agents set their own availability and status; everything else needs a supervisor.
      const isOneself = actor.agentId === agentId;
      const own = isOneself && Object.keys(body).every((key) => OWN.has(key));
      if (!can(actor, own ? 'conversations.work' : 'agents.write')) {
        throw new Refused('role.insufficient');
      }
      const by = { workspaceId: actor.workspaceId, agentId, actor: actor.name, isOneself };
      if (body.webhook !== undefined) await requireWebhook(desk, actor, agentId);
      if (await isBot(desk, by)) return presentAgent(await updateBot(desk, by, body));
      if (comes(body) && !isSeen(by)) throw new Refused('agent.not-seen');
      const { webhook: _, ...change } = body;
      if (concernsSignIn(change)) await refuseUsers(desk, by);
      return presentAgent(await updateAgent(desk, by, change));
    },
  );
  app.post(
    '/api/v1/agents/:id/wrap-up/done',
    {
      onRequest: either,
      schema: {
        tags,
        params: IdParams,
        body: WrapUpDone,
        response: { 200: Agent },
        description:
          'The agent is done with what ended, with one conversation or with all: the places are free at once. Agents say it of themselves, supervisors of everybody.',
      },
    },
    async ({ actor, params: { id: agentId }, body }) => {
      const action = actor.agentId === agentId ? 'conversations.work' : 'agents.write';
      if (!can(actor, action)) throw new Refused('role.insufficient');
      const { workspaceId } = actor;
      return presentAgent(await finishWrapUp(desk, { workspaceId, agentId, ...body }));
    },
  );
  app.delete(
    '/api/v1/agents/:id',
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id: agentId } }, reply) => {
      await refuseUsers(desk, { workspaceId, agentId });
      const key = { workspaceId, agentId, actor };
      await ((await isBot(desk, key)) ? removeBot(desk, key) : deleteAgent(desk, key));
      return reply.code(204).send(null);
    },
  );
};

/** false also for an agent who is not there. */
async function isBot(
  { db }: RouteMeans['desk'],
  key: { workspaceId: string; agentId: string },
): Promise<boolean> {
  return (await getAgent(db, key))?.kind === 'bot';
}

function concernsSignIn({ role, email }: Static<typeof AgentUpdate>): boolean {
  return role !== undefined || email !== undefined;
}

/** Whoever comes online is to be seen at work. */
function comes({ availability, leaseSeconds }: Static<typeof AgentUpdate>): boolean {
  return availability === 'online' || leaseSeconds !== undefined;
}

/** Refuses `role.insufficient`, and `agent.no-bot` for a person. */
async function requireWebhook(desk: RouteMeans['desk'], actor: Actor, agentId: string) {
  requireEndpoints(actor);
  const { workspaceId } = actor;
  if (!(await isBot(desk, { workspaceId, agentId }))) throw new Refused('agent.no-bot');
}

/** A webhook is an endpoint, and asks for the same right. */
function requireEndpoints(actor: Actor): void {
  if (!can(actor, 'endpoints.write')) throw new Refused('role.insufficient');
}

/** The role and address of an agent who signs in belong to the user. */
async function refuseUsers(
  { db }: RouteMeans['desk'],
  key: { workspaceId: string; agentId: string },
): Promise<void> {
  if ((await findUserOfAgent(db, key)) !== null) throw new Refused('agent.has-user');
}
