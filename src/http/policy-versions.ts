// The versions of the policy over HTTP, and what each changed.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PolicyDiff, PolicyVersion } from '../contract/policy/document.ts';
import { comparePolicies } from '../desk/compare-policies.ts';
import { showPolicy } from '../desk/show-policy.ts';
import { listPolicies } from '../store/workspaces.ts';
import { allow } from './authenticate.ts';
import { PolicyShown, presentPolicy } from './present-policy.ts';
import type { RouteMeans } from './route-means.ts';

const tags = ['policy'];
const VersionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const VersionParams = Type.Object({ version: VersionNumber });
const Against = Type.Object({
  against: Type.Optional({ ...VersionNumber, description: 'Without it the version before.' }),
});

export const policyVersionRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const read = allow(desk, 'policy.read');
  app.get(
    '/api/v1/policy/versions',
    {
      onRequest: read,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(PolicyVersion) }) } },
    },
    async ({ actor: { workspaceId } }) => ({
      items: (await listPolicies(desk.db, workspaceId, 200)).map(presentPolicy),
    }),
  );
  app.get(
    '/api/v1/policy/versions/:version',
    {
      onRequest: read,
      schema: {
        tags,
        params: VersionParams,
        querystring: PolicyShown,
        response: { 200: PolicyVersion },
      },
    },
    async ({ actor: { workspaceId }, params: { version }, query: { names } }) =>
      presentPolicy(await showPolicy(desk, { workspaceId, version, names })),
  );
  app.get(
    '/api/v1/policy/versions/:version/diff',
    {
      onRequest: read,
      schema: {
        tags,
        params: VersionParams,
        querystring: Against,
        response: { 200: PolicyDiff },
      },
    },
    ({ actor: { workspaceId }, params: { version }, query: { against } }) =>
      comparePolicies(desk, { workspaceId, version, against }),
  );
};
