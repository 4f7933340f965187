// An agent's day as it went, over HTTP: statuses, conversations and shifts, for the picture of it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sightOf } from '../access/sight.ts';
import { displayName } from '../contract/display-name.ts';
import { AgentDay, DayQuery, LONGEST_DAY_HOURS } from '../contract/side-reports.ts';
import { reportHeld } from '../desk/report-offers.ts';
import { Refused } from '../errors.ts';
import { readDayOfAgent } from '../store/agent-day.ts';
import { listShifts } from '../store/shifts.ts';
import { listStatuses } from '../store/statuses.ts';
import { allow } from './authenticate.ts';
import { readWhom } from './report-of-whom.ts';
import { readSpan } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';

export const agentDayRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.get(
    '/api/v1/reports/day',
    {
      onRequest: allow(desk, 'own-times.read'),
      schema: {
        tags: ['reports'],
        description: 'What one agent was, held and was planned for. Agents see their own.',
        querystring: DayQuery,
        response: { 200: AgentDay },
      },
    },
    async ({ actor, query }) => {
      const { workspaceId } = actor;
      const agentId = readWhom(actor, query.agentId ?? null) ?? actor.agentId;
      if (agentId === null) throw new Refused('request.invalid', 'Say whose day: send agentId.');
      const { from, to, days, timeZone } = readSpan(query);
      if (days * 24 > LONGEST_DAY_HOURS) {
        throw new Refused('request.invalid', `A day has at most ${LONGEST_DAY_HOURS} hours.`);
      }
      const span = { workspaceId, from, to, timeZone, byDay: false, agentId, teamId: null };
      const [was, held, shifts, known] = await Promise.all([
        readDayOfAgent(desk.db, span),
        reportHeld(desk, { ...span, seenBy: sightOf(actor) }),
        listShifts(desk.db, { workspaceId, agentId, from, to, limit: 200 }),
        listStatuses(desk.db, workspaceId),
      ]);
      const names = new Map(known.map(({ id, name }) => [id, name]));
      const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
      return {
        ...{ agentId, from: from.toISOString(), to: to.toISOString() },
        statuses: was.map((one) => ({
          ...{ ...one, name: nameOf(one.statusId) },
          ...{ since: one.since.toISOString(), till: one.till.toISOString() },
        })),
        held: held.map(({ contact, since, till, ...one }) => ({
          ...one,
          contactName: contact && displayName(contact),
          ...{ since: since.toISOString(), till: till?.toISOString() ?? null },
        })),
        shifts: shifts.map(({ start, end, expects, statusId }) => ({
          ...{ start: start.toISOString(), end: end.toISOString(), expects, statusId },
          status: nameOf(statusId),
        })),
      };
    },
  );
};
