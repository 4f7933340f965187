// Which part of a rule's form each fault and warning is about: the innermost one at whose place it stands. Pure.
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { sayFault } from '../naming/word-fault.ts';
import { placeParts, type QueryGroup } from './query.ts';
import type { Findings } from './rule-faults.tsx';

export interface FaultsOfRule {
  /** By the id of a condition or a group. */
  parts: ReadonlyMap<string, Findings>;
  name: string | null;
  plan: string | null;
  tags: string | null;
  /** What no field shows. */
  rest: Findings;
}

export const noFaults: FaultsOfRule = {
  parts: new Map(),
  ...{ name: null, plan: null, tags: null },
  rest: { faults: [], warnings: [] },
};

/** `path`: of the rule in the policy. `query`: as it was when the policy was checked. */
export function divideFaults(
  found: Findings,
  { path, query }: { path: string; query: QueryGroup },
): FaultsOfRule {
  const faults = below(found.faults, path);
  const warnings = below(found.warnings, path);
  const ids = listIds(query);
  const ownerOf = (fault: PolicyFault) =>
    ids.findLast(({ pointer }) => isAt(fault.path, `/when${pointer}`))?.id;
  const isShown = (fault: PolicyFault) =>
    ownerOf(fault) !== undefined || fields.some((field) => isAt(fault.path, field));
  const parts = ids.map(({ id }): [string, Findings] => {
    const isOf = (fault: PolicyFault) => ownerOf(fault) === id;
    return [id, { faults: faults.filter(isOf), warnings: warnings.filter(isOf) }];
  });
  const say = (field: string) => {
    const said = faults.filter((fault) => isAt(fault.path, field)).map(sayFault);
    return said.length === 0 ? null : said.join(' ');
  };
  return {
    parts: new Map(
      parts.filter(([, { faults: own, warnings: hints }]) => own.length + hints.length > 0),
    ),
    ...{ name: say('/name'), plan: say('/then/plan'), tags: say('/then/addTags') },
    rest: {
      faults: faults.filter((fault) => !isShown(fault)),
      warnings: warnings.filter((fault) => ownerOf(fault) === undefined),
    },
  };
}

const fields = ['/name', '/then/plan', '/then/addTags'];

/** A group stands before what is in it, so the last that fits is the innermost. */
function listIds(query: QueryGroup): { id: string; pointer: string }[] {
  return placeParts(query).flatMap(({ part, pointer }) =>
    part.id === undefined ? [] : [{ id: part.id, pointer }],
  );
}

/** At the path or below it. */
export const findingsAt = ({ faults, warnings }: Findings, path: string): Findings => ({
  faults: faults.filter((fault) => isAt(fault.path, path)),
  warnings: warnings.filter((fault) => isAt(fault.path, path)),
});

const isAt = (path: string, at: string) => path === at || path.startsWith(`${at}/`);

const below = (found: readonly PolicyFault[], path: string) =>
  found
    .filter((fault) => isAt(fault.path, path))
    .map((fault) => ({ ...fault, path: fault.path.slice(path.length) }));
