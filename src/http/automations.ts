// Automations over HTTP: what happens by itself, checked and tried before, and the log of what it did.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Actor, can } from '../access/can.ts';
import {
  Automation,
  AutomationCheck,
  AutomationCreation,
  AutomationRun,
  AutomationUpdate,
} from '../contract/automations.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { createAutomation, removeAutomation, updateAutomation } from '../desk/change-automation.ts';
import { showAutomation, showAutomations } from '../desk/show-automations.ts';
import { tryAutomation } from '../desk/try-automation.ts';
import { Refused } from '../errors.ts';
import { listRuns, type RunRow } from '../store/automation-runs.ts';
import { getAutomation } from '../store/automations.ts';
import { allow } from './authenticate.ts';
import { readNumberCursor, toPage } from './page.ts';
import type { RouteMeans } from './route-means.ts';

const path = '/api/v1/automations';
const tags = ['automations'];

const ToCheck = Type.Object(
  {
    automation: Type.Unknown(),
    try: Type.Optional(
      Type.Boolean({
        description:
          'Also tells in `trial` for which of the last thousand conversations it would act.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** The verb reads the body: it tells all faults, by their places. */
function onlyBody({ validationError }: FastifyRequest): void {
  if (validationError && validationError.validationContext !== 'body') throw validationError;
}

export const automationRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const read = allow(desk, 'automations.read');
  const write = allow(desk, 'automations.write');
  const show = async ({ workspaceId }: Actor, automationId: string) =>
    present(await showAutomation(desk, { workspaceId, automationId }));

  app.get(
    path,
    {
      onRequest: read,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Automation) }) } },
    },
    async ({ actor }) => ({
      items: (await showAutomations(desk, actor.workspaceId)).map(present),
    }),
  );
  app.post(
    path,
    {
      onRequest: write,
      schema: { tags, body: AutomationCreation, response: { 201: Automation } },
      attachValidation: true,
    },
    async (request, reply) => {
      onlyBody(request);
      const { actor, body } = request;
      const { workspaceId, name } = actor;
      const id = await createAutomation(desk, { workspaceId, actor: name }, body);
      return reply.code(201).send(await show(actor, id));
    },
  );
  app.post(
    `${path}/check`,
    {
      onRequest: allow(desk, 'automations.check'),
      schema: { tags, body: ToCheck, response: { 200: AutomationCheck } },
    },
    ({ actor, body: { automation, try: isTried = false } }) => {
      const trial = isTried ? { namesContacts: can(actor, 'conversations.read') } : null;
      return tryAutomation(desk, { workspaceId: actor.workspaceId, automation, trial });
    },
  );
  app.get(
    `${path}/:id`,
    { onRequest: read, schema: { tags, params: IdParams, response: { 200: Automation } } },
    ({ actor, params }) => show(actor, params.id),
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: AutomationUpdate, response: { 200: Automation } },
      attachValidation: true,
    },
    async (request) => {
      onlyBody(request);
      const { actor, body, params } = request;
      const { workspaceId, name } = actor;
      const by = { workspaceId, actor: name, automationId: params.id };
      await updateAutomation(desk, by, body);
      return show(actor, params.id);
    },
  );
  app.delete(
    `${path}/:id`,
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name }, params: { id: automationId } }, reply) => {
      await removeAutomation(desk, { workspaceId, actor: name, automationId });
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${path}/:id/runs`,
    {
      onRequest: read,
      schema: {
        tags,
        description: 'What it did, was refused and was stopped at: the last thousand, for 30 days.',
        params: IdParams,
        querystring: Page,
        response: { 200: PageOf(AutomationRun) },
      },
    },
    async ({ actor, params: { id: automationId }, query: { cursor, limit = 50 } }) => {
      const key = { workspaceId: actor.workspaceId, automationId };
      if ((await getAutomation(desk.db, key)) === null) throw new Refused('automation.not-found');
      const before = readNumberCursor(cursor);
      const rows = await listRuns(desk.db, { ...key, before, limit: limit + 1 });
      return toPage(rows, limit, { id: (row) => String(row.runId), present: presentRun });
    },
  );
};

function present(row: Awaited<ReturnType<typeof showAutomation>>): Automation {
  const { automationId: id, events, condition: when, disabledReason, lastRunAt, ...rest } = row;
  return {
    ...{ id, disabledReason, when, enabled: disabledReason === null },
    ...rest,
    on: events as Automation['on'],
    lastRunAt: lastRunAt?.toISOString() ?? null,
  };
}

function presentRun({ runId, at, ...run }: RunRow): AutomationRun {
  return { id: String(runId), at: at.toISOString(), ...run };
}
