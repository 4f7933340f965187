// Collects what is found in a policy, each with its place, and no more than somebody reads.
import type { PolicyFault } from '../../contract/policy/fault.ts';

const MOST = 100;

export interface Findings {
  /** `say` is called only for those that are shown: a suggestion takes its time. */
  add(path: string, say: () => Omit<PolicyFault, 'path'>): void;
  take(faults: readonly PolicyFault[]): void;
  list(): PolicyFault[];
}

export function makeFindings(): Findings {
  const found: PolicyFault[] = [];
  let more = 0;
  const add: Findings['add'] = (path, say) => {
    if (found.length < MOST) found.push({ path, ...say() });
    else more += 1;
  };
  return {
    add,
    take: (faults) => {
      for (const { path, ...said } of faults) add(path, () => said);
    },
    list: () => (more === 0 ? found : [...found, sayMore(more)]),
  };
}

function sayMore(more: number): PolicyFault {
  return {
    path: '',
    code: 'policy.more-found',
    values: { count: more },
    detail: `There are ${more} more of these.`,
    remedy: 'Mend those that are listed, then check again.',
  };
}
