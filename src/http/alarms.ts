// Alarms over HTTP: which hold and which held, when there is one, and who is told.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Alarm, AlarmRules, AlarmRulesUpdate, alarmKinds } from '../contract/alarms.ts';
import { changeRules, readRules } from '../desk/alarm-rules.ts';
import { type AlarmRow, listAlarms } from '../store/alarms.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const alarmRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const tags = ['alarms'];
  app.get(
    '/api/v1/alarms',
    {
      onRequest: allow(desk, 'notices.read'),
      schema: {
        tags,
        description: 'Newest first; those that are over stay for ninety days.',
        querystring: Type.Object({
          open: Type.Optional(Type.Boolean({ description: 'true: those alone that hold now.' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
        }),
        response: { 200: Type.Object({ items: Type.Array(Alarm) }) },
      },
    },
    async ({ actor: { workspaceId }, query: { open = false, limit = 100 } }) => {
      const rows = await listAlarms(desk.db, { workspaceId, onlyOpen: open, limit });
      return { items: rows.map(presentAlarm) };
    },
  );
  app.get(
    '/api/v1/alarm-rules',
    { onRequest: allow(desk, 'notices.read'), schema: { tags, response: { 200: AlarmRules } } },
    ({ actor: { workspaceId } }) => readRules(desk.db, workspaceId),
  );
  app.patch(
    '/api/v1/alarm-rules',
    {
      onRequest: allow(desk, 'settings.write'),
      schema: { tags, body: AlarmRulesUpdate, response: { 200: AlarmRules } },
    },
    ({ actor: { workspaceId, name: actor }, body }) =>
      changeRules(desk, { workspaceId, actor }, body),
  );
};

export function presentAlarm({ alarmId: id, kind, startedAt, endedAt, ...row }: AlarmRow): Alarm {
  const { objectId, objectName, facts } = row;
  return {
    ...{ id, objectId, objectName, facts },
    kind: alarmKinds.find((one) => one === kind) ?? 'deliveries-waiting',
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
