// Simulations over HTTP: started, looked at, ended; and a scenario measured from the workspace's own records.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  LONGEST_RECORDED_DAYS,
  Measured,
  MeasureRequest,
  SimulationRequest,
  SimulationRun,
} from '../contract/lab.ts';
import { IdParams } from '../contract/shapes.ts';
import { Refused } from '../errors.ts';
import type { Lab } from '../lab/open-lab.ts';
import { allow } from './authenticate.ts';
import { measureWorkspace } from './measure-workspace.ts';
import type { RouteMeans } from './route-means.ts';

export interface LabMeans {
  lab: Lab;
}

const LONGEST_DAYS = 31;
const DAY_MS = 86_400_000;

export const simulationRoutes: FastifyPluginAsyncTypebox<RouteMeans & LabMeans> = async (
  app,
  { desk, lab },
) => {
  const read = allow(desk, 'simulations.read');
  const write = allow(desk, 'simulations.write');
  const tags = ['simulations'];

  app.post(
    '/api/v1/simulations',
    {
      onRequest: write,
      schema: {
        tags,
        description:
          'Runs a scenario in a thread of the server, or has it wait for its turn. The run is known for an hour, by the process that started it; a restart loses it. 429 simulation.too-many: end one first.',
        body: SimulationRequest,
        response: { 202: SimulationRun },
      },
    },
    async ({ actor: { workspaceId }, body: { scenario, runs } }, reply) => {
      reply.code(202);
      return lab.run({ workspaceId, scenario, ...(runs !== undefined && { runs }) });
    },
  );
  app.post(
    '/api/v1/simulations/measure',
    {
      onRequest: write,
      schema: {
        tags,
        description: `A scenario from the conversations that came in a span of ${LONGEST_DAYS} days at most: arrivals, service times, patience (Kaplan and Meier), agents as they were online, and the policy in force or the one that is sent. 409 simulation.nothing-recorded.`,
        body: MeasureRequest,
        response: { 200: Measured },
      },
    },
    ({ actor: { workspaceId }, body }) => {
      const { channelIds = [], policy = null, asRecorded = false, ...span } = body;
      const [from, until] = [new Date(span.from), new Date(span.until)];
      const days = (until.getTime() - from.getTime()) / DAY_MS;
      if (days <= 0) throw new Refused('request.invalid', 'until must be later than from.');
      if (days > LONGEST_DAYS) {
        throw new Refused('request.invalid', `A scenario spans ${LONGEST_DAYS} days at most.`);
      }
      if (asRecorded && days > LONGEST_RECORDED_DAYS) {
        const most = `As recorded, a scenario spans ${LONGEST_RECORDED_DAYS} days at most.`;
        throw new Refused('request.invalid', most);
      }
      return measureWorkspace(desk, { workspaceId, from, until, channelIds, policy, asRecorded });
    },
  );
  app.get(
    '/api/v1/simulations/:id',
    {
      onRequest: read,
      schema: {
        tags,
        description: 'How far it is, and what it came to.',
        params: IdParams,
        response: { 200: SimulationRun },
      },
    },
    async ({ actor: { workspaceId }, params: { id } }) => {
      const run = lab.get({ workspaceId, id });
      if (run === null) throw new Refused('simulation.not-found');
      return run;
    },
  );
  app.delete(
    '/api/v1/simulations/:id',
    {
      onRequest: write,
      schema: {
        tags,
        description: 'Ends what waits or runs. What has ended is forgotten.',
        params: IdParams,
      },
    },
    async ({ actor: { workspaceId }, params: { id } }, reply) => {
      if (!(await lab.cancel({ workspaceId, id }))) throw new Refused('simulation.not-found');
      return reply.code(204).send();
    },
  );
};
