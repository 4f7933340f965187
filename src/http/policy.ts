// The policy over HTTP: as one document, and checked without putting it in force.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can } from '../access/can.ts';
import { PolicyCheck, PolicyDocument, PolicyVersion } from '../contract/policy/document.ts';
import { changePolicy } from '../desk/change-policy.ts';
import { checkPolicy } from '../desk/check-policy.ts';
import { showPolicy } from '../desk/show-policy.ts';
import { allow } from './authenticate.ts';
import { PolicyShown, presentPolicy } from './present-policy.ts';
import { refuseFaults } from './refuse-faults.ts';
import type { RouteMeans } from './route-means.ts';

const tags = ['policy'];

const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description:
        'The ETag with which the policy was read, as "7": if another version is in force by now, nothing changes and the answer is 412.',
    }),
  ),
});

const ToCheck = Type.Object(
  {
    policy: Type.Unknown(),
    try: Type.Optional(
      Type.Boolean({
        description:
          'Also tells in `dryRun` what would change for those who wait and for the last thousand conversations.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const policyRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.get(
    '/api/v1/policy',
    {
      onRequest: allow(desk, 'policy.read'),
      schema: { tags, querystring: PolicyShown, response: { 200: PolicyVersion } },
    },
    async ({ actor: { workspaceId }, query: { names } }, reply) => {
      const latest = await showPolicy(desk, { workspaceId, names });
      return reply.header('etag', `"${latest.version}"`).send(presentPolicy(latest));
    },
  );
  app.put(
    '/api/v1/policy',
    {
      onRequest: allow(desk, 'policy.write'),
      schema: { tags, headers: IfMatch, body: PolicyDocument, response: { 200: PolicyVersion } },
      // The verb reads the body: it tells all faults, by their places.
      attachValidation: true,
    },
    async ({ actor: { workspaceId, name }, body, headers, validationError }, reply) => {
      if (validationError && validationError.validationContext !== 'body') throw validationError;
      const ifVersion = readIfMatch(headers['if-match']);
      const put = { workspaceId, actor: name, policy: body, ifVersion };
      const done = await changePolicy(desk, put);
      if (done.policy === null) throw refuseFaults(done.faults, done.warnings);
      return reply
        .header('etag', `"${done.version}"`)
        .send(presentPolicy({ ...done, createdBy: name }));
    },
  );
  app.post(
    '/api/v1/policy/check',
    {
      onRequest: allow(desk, 'policy.check'),
      schema: {
        tags,
        body: ToCheck,
        response: { 200: PolicyCheck },
      },
    },
    ({ actor, body: { policy, try: isTried = false } }) => {
      const namesContacts = can(actor, 'conversations.read');
      const dryRun = isTried ? { namesContacts } : null;
      return checkPolicy(desk, { workspaceId: actor.workspaceId, policy, dryRun });
    },
  );
};

/** RFC 9110 §13.1.1. What is no version of ours matches none. null: whatever is in force. */
function readIfMatch(header: string | undefined): number[] | null {
  if (header === undefined || header.trim() === '*') return null;
  return header.split(',').map((tag) => Number(/^\s*"(\d+)"\s*$/.exec(tag)?.[1] ?? Number.NaN));
}
