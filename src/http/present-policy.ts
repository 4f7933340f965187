// A version of the policy as the API answers it.
import { Type } from 'typebox';
import type { PolicyDocument, PolicyVersion } from '../contract/policy/document.ts';
import type { PolicyRow } from '../store/workspaces.ts';

export function presentPolicy({ version, policy, createdAt, createdBy }: PolicyRow): PolicyVersion {
  return {
    version,
    policy: policy as PolicyDocument,
    createdAt: createdAt.toISOString(),
    createdBy,
  };
}

/** How it is asked for. */
export const PolicyShown = Type.Object({
  names: Type.Optional(
    Type.Boolean({
      description:
        'true: teams, skills, agents and channels by name, as people write them in a file. Otherwise by id.',
    }),
  ),
});
