// Which rule decided and by what, with the names that ids of channels, agents and teams have now.

import type { DecisiveComparison } from '../contract/policy/rule.ts';
import type { Comparison, Scalar } from '../contract/policy/rule-fields.ts';
import type { Reason } from '../contract/reasons.ts';
import { isNamed, nameCondition } from '../routing/policy/map-names.ts';
import { indexNames } from '../routing/policy/policy-names.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import type { Route } from '../store/read-for-placing.ts';
import type { Db } from '../store/sql.ts';

/** Names are read only where the rule asks for something that has one. */
export async function tellRule(
  db: Db,
  {
    workspaceId,
    route: { rule, because },
    plan,
  }: { workspaceId: string; route: Route; plan: string },
): Promise<Reason> {
  const isAnyNamed = because.some(({ field }) => isNamed(field));
  const index = isAnyNamed ? indexNames(await readPolicyNames(db, workspaceId)) : null;
  const told = because.map((one): DecisiveComparison => {
    if (index === null || !isNamed(one.field)) return { ...one };
    const { field, operator, value } = one;
    const named = nameCondition({ field, [operator]: value } as Comparison, index.nameOf);
    const { field: name, [operator]: said } = named as unknown as Record<string, Scalar>;
    return { ...one, field: String(name), value: said ?? value };
  });
  return { code: 'ruled', rule, plan, because: told };
}
