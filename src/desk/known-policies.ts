// The policies in force as looks by the clock need them, each compiled once a version.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { type CompiledPolicy, compilePolicy } from '../routing/plans/compile-policy.ts';
import type { Instant } from '../routing/types.ts';
import { getPolicySince } from '../store/targets.ts';
import type { Desk } from './context.ts';

export interface KnownPolicy {
  version: number;
  /** When it came into force. */
  since: Instant;
  policy: CompiledPolicy;
}

/** By workspace. */
export type KnownPolicies = Map<string, KnownPolicy>;

// More workspaces than one node looks at within a moment.
const MAX_KNOWN = 200;

/** null: the workspace is gone. */
export async function findPolicy(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, known }: { workspaceId: string; known: KnownPolicies },
): Promise<KnownPolicy | null> {
  const before = known.get(workspaceId);
  const found = await getPolicySince(db, { workspaceId, version: before?.version ?? 0 });
  if (found === null) return null;
  if (before !== undefined && before.version === found.version) return before;
  const policy = compilePolicy(found.policy as PolicyDocument);
  const { version, createdAt } = found;
  const now = { version, since: createdAt.getTime(), policy };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(workspaceId, now);
  return now;
}
