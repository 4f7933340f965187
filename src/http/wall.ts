// The queue for a screen on the wall, over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Wall } from '../contract/wall.ts';
import { readLastHour, readWallGroups, type WallGroupRow } from '../store/wall.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const wallRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.get(
    '/api/v1/queue/wall',
    {
      onRequest: allow(desk, 'queue.read'),
      schema: {
        tags: ['queue'],
        description: 'Who waits, by team and plan and by what is due, and how the last hour went.',
        response: { 200: Wall },
      },
    },
    async ({ actor: { workspaceId } }): Promise<Wall> => {
      const [groups, lastHour] = await Promise.all([
        readWallGroups(desk.db, workspaceId),
        readLastHour(desk.db, workspaceId),
      ]);
      const of = (wanted: WallGroupRow['kind']) => groups.filter(({ kind }) => kind === wanted);
      const [all] = of('all');
      return {
        ...(all === undefined ? NOBODY : figuresOf(all)),
        teams: of('team').map((row) => ({ teamId: row.teamId, name: row.name, ...figuresOf(row) })),
        plans: of('plan').map((row) => ({ plan: row.plan, ...figuresOf(row) })),
        lastHour: lastHour.map(({ start, ...rest }) => ({ start: start.toISOString(), ...rest })),
      };
    },
  );
};

const NOBODY = { waiting: 0, longestWaitSeconds: 0, soon: 0, overdue: 0 };

function figuresOf({ waiting, longestWaitSeconds, soon, overdue }: WallGroupRow) {
  return { waiting, longestWaitSeconds, soon, overdue };
}
