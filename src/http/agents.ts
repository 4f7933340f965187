// Agents over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can } from '../access/can.ts';
import { Agent, AgentCreation, AgentUpdate, WrapUpDone } from '../contract/agents.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { finishWrapUp } from '../desk/finish-wrap-up.ts';
import { createAgent, deleteAgent, updateAgent } from '../desk/update-agent.ts';
import { Refused } from '../errors.ts';
import { getAgent, listAgents } from '../store/agents.ts';
import { findUserOfAgent } from '../store/users.ts';
import { allow } from './authenticate.ts';
import { readCursor, toPage } from './page.ts';
import { presentAgent } from './present.ts';
import type { RouteMeans } from './route-means.ts';

const OWN = new Set(['availability', 'statusId', 'statusReason']);
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
    async ({ actor, body }, reply) => {
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
    async ({ actor, params: { id: agentId }, body: { leaseSeconds, ...change } }) => {
      // Agents set their own availability and status; everything else needs a supervisor.
      const isOneself = actor.agentId === agentId;
      const own = isOneself && Object.keys(change).every((key) => OWN.has(key));
      const action = own ? 'conversations.work' : 'agents.write';
      if (!can(actor, action)) throw new Refused('role.insufficient');
      const key = { workspaceId: actor.workspaceId, agentId };
      const comes = change.availability === 'online' || leaseSeconds !== undefined;
      if (comes && !isSeen(key)) throw new Refused('agent.not-seen');
      const { role, email } = change;
      if (role !== undefined || email !== undefined) await refuseUsers(desk, key);
      const by = { ...key, actor: actor.name, isOneself };
      return presentAgent(await updateAgent(desk, by, { ...change, leaseSeconds }));
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
      await deleteAgent(desk, { workspaceId, agentId, actor });
      return reply.code(204).send(null);
    },
  );
};

/** The role and address of an agent who signs in belong to the user. */
async function refuseUsers(
  { db }: RouteMeans['desk'],
  key: { workspaceId: string; agentId: string },
): Promise<void> {
  if ((await findUserOfAgent(db, key)) !== null) throw new Refused('agent.has-user');
}
