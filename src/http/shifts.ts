// When agents are planned to be what, over HTTP: as JSON and as a file. Agents read their own.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can } from '../access/can.ts';
import {
  LONGEST_SHIFT_DAYS,
  MOST_SHIFTS,
  Shift,
  ShiftCsvQuery,
  ShiftCsvResult,
  ShiftsPut,
  ShiftsQuery,
  ShiftsReplaced,
} from '../contract/shifts.ts';
import { putShifts } from '../desk/put-shifts.ts';
import { uploadShifts } from '../desk/upload-shifts.ts';
import { Refused } from '../errors.ts';
import { listShifts } from '../store/shifts.ts';
import { allow } from './authenticate.ts';
import { readSpan } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';

const BODY_LIMIT = 1024 * 1024;

export const shiftRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const path = '/api/v1/shifts';
  const tags = ['shifts'];
  const onRequest = allow(desk, 'shifts.write');
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  app.get(
    path,
    {
      onRequest: allow(desk, 'shifts.read'),
      schema: {
        ...{ tags, querystring: ShiftsQuery },
        description: `What is planned in the span, ${MOST_SHIFTS} at most; a shift with a break is two. Whoever may not change shifts sees their own alone.`,
        response: { 200: Type.Object({ items: Type.Array(Shift) }) },
      },
    },
    async ({ actor, query }) => {
      const { from, to, days } = readSpan(query);
      if (days > LONGEST_SHIFT_DAYS) {
        throw new Refused('request.invalid', `Ask for ${LONGEST_SHIFT_DAYS} days at most.`);
      }
      const asked = query.agentId ?? null;
      const agentId = can(actor, 'reports.read') ? asked : actor.agentId;
      if (!can(actor, 'reports.read') && (agentId === null || (asked ?? agentId) !== agentId)) {
        throw new Refused('role.insufficient');
      }
      const { workspaceId } = actor;
      const items = await listShifts(desk.db, {
        workspaceId,
        agentId,
        from,
        to,
        limit: MOST_SHIFTS,
      });
      return {
        items: items.map(({ start, end, ...one }) => ({
          ...{ ...one, start: start.toISOString(), end: end.toISOString() },
        })),
      };
    },
  );
  app.put(
    path,
    {
      onRequest,
      bodyLimit: BODY_LIMIT,
      schema: {
        ...{ tags, body: ShiftsPut, response: { 200: ShiftsReplaced } },
        description:
          'Replaces what these agents were planned for, as far as it begins in the span.',
      },
    },
    ({ actor: { workspaceId, name: actor }, body }) =>
      putShifts(desk, { workspaceId, actor }, body),
  );
  app.put(
    `${path}.csv`,
    {
      onRequest,
      bodyLimit: BODY_LIMIT,
      schema: {
        ...{ tags, querystring: ShiftCsvQuery, response: { 200: ShiftCsvResult } },
        consumes: ['text/csv'],
        description:
          'The same as a file with the columns agent (address, name or id), start, end (2026-01-31 09:00) and status (empty or online; away; a name of the list). Separated by comma, semicolon or tab, in UTF-8. With check nothing is changed, and the answer says all that is wrong.',
      },
    },
    ({ actor: { workspaceId, name: actor }, query, body }) => {
      const content = body instanceof Uint8Array ? body : new Uint8Array();
      return uploadShifts(desk, { workspaceId, actor }, { ...query, content });
    },
  );
};
