// Refuses to remove a team or a skill that the policy names, and says where it does.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { Refused } from '../errors.ts';
import { findNamed } from '../routing/policy/find-named.ts';
import type { GroupKind } from '../store/groups.ts';
import type { RoutingTx } from '../store/tx.ts';
import { getPolicy } from '../store/workspaces.ts';

const MOST = 5;

/** Under the routing lock: a policy that names it cannot come in meanwhile. Refuses `group.in-policy`. */
export async function refuseNamed(
  tx: RoutingTx,
  kind: GroupKind,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  const policy = (await getPolicy(tx, workspaceId)) as PolicyDocument;
  const places = findNamed(policy, { kind, id });
  if (places.length === 0) return;
  const more = places.length > MOST ? ` and ${places.length - MOST} more` : '';
  const said = `${places.slice(0, MOST).join(', ')}${more}`;
  throw new Refused(
    'group.in-policy',
    `The policy names this ${kind}: ${said}. Take it out of the policy first.`,
    { places },
  );
}
