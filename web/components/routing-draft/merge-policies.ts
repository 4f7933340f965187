// Puts the changes of a draft onto a version that somebody else has put in force meanwhile. Pure.
import { isSame } from '../../../src/contract/policy/diff-policies.ts';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';

interface Three<T> {
  base: T;
  mine: T;
  theirs: T;
}

const lists = ['calendars', 'rules', 'plans'] as const;

/** Entry by entry, known by their names: where both changed the same one, the draft's stands. */
export function mergePolicies({ base, mine, theirs }: Three<PolicyDocument>): PolicyDocument {
  const merged = mergeFields({ base: { ...base }, mine: { ...mine }, theirs: { ...theirs } });
  for (const list of lists) {
    const entries = mergeLists({
      base: base[list] ?? [],
      mine: mine[list] ?? [],
      theirs: theirs[list] ?? [],
    });
    if (entries.length > 0) merged[list] = list === 'rules' ? keepLast(entries) : entries;
    else delete merged[list];
  }
  return merged as unknown as PolicyDocument;
}

type Fields = Record<string, unknown>;

function mergeFields({ base, mine, theirs }: Three<Fields>): Fields {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const merged = [...keys].map((key): [string, unknown] => {
    const three = { base: base[key], mine: mine[key], theirs: theirs[key] };
    const nested = Object.values(three).every(isFields);
    return [key, nested ? mergeFields(three as Three<Fields>) : choose(three)];
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const choose = <T>({ base, mine, theirs }: Three<T>): T => (isSame(base, mine) ? theirs : mine);

interface Entry {
  name: string;
  when?: unknown;
}

function mergeLists({ base, mine, theirs }: Three<readonly Entry[]>): Entry[] {
  const [was, own, other] = [base, mine, theirs].map(byName) as [ByName, ByName, ByName];
  const names = mergeOrders({
    base: [...was.keys()],
    mine: [...own.keys()],
    theirs: [...other.keys()],
  });
  return names.flatMap((name) => {
    const kept = choose({ base: was.get(name), mine: own.get(name), theirs: other.get(name) });
    return kept === undefined ? [] : [kept];
  });
}

type ByName = Map<string, Entry>;
const byName = (entries: readonly Entry[]): ByName =>
  new Map(entries.map((entry) => [entry.name, entry]));

/** All names, in the order of whoever has moved some; what only the other has stands behind what it stood behind there. */
function mergeOrders({ base, mine, theirs }: Three<readonly string[]>): string[] {
  const common = (names: readonly string[], other: readonly string[]) =>
    names.filter((name) => other.includes(name));
  const moved = !isSame(common(mine, base), common(base, mine));
  const [first, second] = moved ? [mine, theirs] : [theirs, mine];
  const order = [...first];
  second.forEach((name, place) => {
    if (order.includes(name)) return;
    const before = second.slice(0, place).findLast((one) => order.includes(one));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name);
  });
  return order;
}

/** The rule without a condition decides for everybody else, so nothing may come behind it. */
function keepLast(rules: readonly Entry[]): Entry[] {
  const always = rules.findLast(({ when }) => when === undefined);
  return always === undefined ? [...rules] : [...rules.filter((rule) => rule !== always), always];
}
