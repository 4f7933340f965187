// A policy as plain JSON that a test may break, and where its parts stand.

export type Tree = Record<string, unknown>;

/** Paths of some plan, its last step (not its first), some rule and some calendar. */
export interface Parts {
  plan: string;
  step: string;
  rule: string;
  calendar: string;
}

/** Which of the plans, rules and calendars goes by the turn. */
export function pickParts(policy: Tree, turn: number): Parts {
  const pick = (list: string) => `/${list}/${turn % (policy[list] as unknown[]).length}`;
  const plan = pick('plans');
  const steps = readAt(policy, `${plan}/steps`) as unknown[];
  const step = `${plan}/steps/${steps.length - 1}`;
  return { plan, step, rule: pick('rules'), calendar: pick('calendars') };
}

const split = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

export function readAt(tree: unknown, path: string): unknown {
  return split(path).reduce<unknown>((value, part) => (value as Tree)[part], tree);
}

/** undefined: it goes. */
export function putAt(tree: unknown, path: string, value: unknown): void {
  const parts = split(path);
  const last = parts.pop() as string;
  const holder = parts.reduce<unknown>((inner, part) => (inner as Tree)[part], tree) as Tree;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}
