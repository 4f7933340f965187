// Mails: whether there is a mail server, what went out, a test, a forgotten password, and a conversation for its contact.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can } from '../access/can.ts';
import { Mail, MailQueued, MailState, mailKinds, ResetWish } from '../contract/mails.ts';
import { EMAIL, IdParams, Nullable, Page, PageOf } from '../contract/shapes.ts';
import { askForReset } from '../desk/ask-for-reset.ts';
import { TRY_WINDOW_SECONDS } from '../desk/limit-tries.ts';
import { sendTestMail } from '../desk/send-test-mail.ts';
import { sendTranscript } from '../desk/send-transcript.ts';
import { Refused } from '../errors.ts';
import { listMails, type MailRow } from '../store/mails.ts';
import { allow, refuseForeign } from './authenticate.ts';
import { clientOf } from './client-of.ts';
import { readNumberCursor, toPage } from './page.ts';
import { requireWorkspace } from './require-workspace.ts';
import type { RouteMeans } from './route-means.ts';

const Tag = Nullable(
  Type.String({ maxLength: 35, pattern: '^[A-Za-z-]+$', description: 'As BCP 47 has it.' }),
);

export const mailRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk, mailing }) => {
  const tags = ['mails'];
  app.get(
    '/api/v1/mail-server',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: { tags, response: { 200: MailState } },
    },
    async ({ actor }) => ({
      from: mailing?.from ?? null,
      host: (can(actor, 'mails.read') && mailing?.host) || null,
    }),
  );
  app.get(
    '/api/v1/mails',
    {
      onRequest: allow(desk, 'mails.read'),
      schema: { tags, querystring: Page, response: { 200: PageOf(Mail) } },
    },
    async ({ actor: { workspaceId }, query }) => {
      const limit = query.limit ?? 50;
      const before = readNumberCursor(query.cursor);
      const rows = await listMails(desk.db, { workspaceId, before, limit: limit + 1 });
      return toPage(rows, limit, { id: (row) => String(row.deliveryId), present: presentMail });
    },
  );
  app.post(
    '/api/v1/mails/test',
    {
      onRequest: allow(desk, 'settings.write'),
      schema: {
        tags,
        description: 'Mails a line to that address, so that you see whether mails arrive.',
        body: Type.Object(
          {
            to: Type.String({ pattern: EMAIL, maxLength: 255 }),
            language: Type.Optional(Tag),
          },
          { additionalProperties: false },
        ),
        response: { 202: MailQueued },
      },
    },
    async ({ actor: { workspaceId }, body: { to, language = null } }, reply) => {
      const id = await sendTestMail(desk, mailing, { workspaceId, to, language });
      return reply.code(202).send({ id });
    },
  );
  app.post(
    '/api/v1/conversations/:id/transcript',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        tags,
        description:
          'Mails what was said in the conversation to its contact, at the contact’s own address. Notes are left out.',
        params: IdParams,
        body: Type.Object({ language: Type.Optional(Tag) }, { additionalProperties: false }),
        response: { 202: MailQueued },
      },
    },
    async ({ actor, params: { id: conversationId }, body: { language = null } }, reply) => {
      const { workspaceId, name } = actor;
      const wish = { workspaceId, conversationId, actor: name, language };
      return reply.code(202).send({ id: await sendTranscript(desk, mailing, wish) });
    },
  );
  app.post(
    '/api/v1/password-resets',
    {
      onRequest: refuseForeign,
      schema: {
        tags: ['sign-in'],
        security: [],
        description:
          'Mails a link by which a new password is chosen, good for an hour. The answer is the same whether or not somebody signs in with this address.',
        body: ResetWish,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { email, workspace } = request.body;
      const workspaceId = await requireWorkspace(desk, workspace);
      const { address } = clientOf(request);
      await askForReset(desk, mailing, { workspaceId, email, address }).catch((error: unknown) => {
        const tooMany = error instanceof Refused && error.code === 'sign-in.too-many';
        if (tooMany) reply.header('retry-after', TRY_WINDOW_SECONDS);
        throw error;
      });
      return reply.code(204).send(null);
    },
  );
};

const states = { pending: 'waiting', held: 'waiting', done: 'sent', failed: 'failed' } as const;

function presentMail({ deliveryId: id, type, state, dueAt, createdAt, ...row }: MailRow): Mail {
  const { to, attempts, outcome } = row;
  const kind = mailKinds.find((one) => type.endsWith(`:${one}`)) ?? 'test';
  const nextAt = state === 'pending' ? dueAt.toISOString() : null;
  return {
    ...{ id, kind, to, attempts, outcome, nextAt },
    state: states[state],
    createdAt: createdAt.toISOString(),
  };
}
