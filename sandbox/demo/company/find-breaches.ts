// Finds breaches of the promises in given facts. Pure.

/** When somebody held a conversation; null: still. */
export interface Held {
  agentId: string;
  from: number;
  until: number | null;
}

/** How often a conversation was with somebody while another had it. */
export function countDoubled(held: readonly Held[]): number {
  const inOrder = [...held].sort((a, b) => a.from - b.from);
  return inOrder.filter(({ from }, at) => {
    const before = inOrder[at - 1];
    return before !== undefined && (before.until === null || before.until > from);
  }).length;
}

export interface Served {
  id: string;
  /** Conversations have an order only among those with equal needs. */
  needs: string;
  rankAt: number;
  /** When it first stood in the queue at that rank. */
  since: number;
  assignedAt: number;
}

/** Whether one of the two was served though the other stood before it, at a time when both waited. */
export function isOvertaken(first: Served, second: Served): boolean {
  if (first.needs !== second.needs) return false;
  const [front, behind] = isBefore(first, second) ? [first, second] : [second, first];
  return front.since < behind.assignedAt && front.assignedAt > behind.assignedAt;
}

function isBefore(a: Served, b: Served): boolean {
  return a.rankAt < b.rankAt || (a.rankAt === b.rankAt && a.id < b.id);
}

/** What is missing of `said`, and what is there too often or in another place. */
export function compareWords(
  said: readonly string[],
  kept: readonly string[],
): { lost: number; misplaced: number } {
  const rest = [...kept];
  let lost = 0;
  for (const text of said) {
    const at = rest.indexOf(text);
    if (at === -1) lost += 1;
    else rest.splice(at, 1);
  }
  const inPlace = lost > 0 || rest.length > 0 || said.every((text, at) => kept[at] === text);
  return { lost, misplaced: rest.length + (inPlace ? 0 : 1) };
}

/** Whether what an endpoint was told of a conversation came in the order of its life. */
export function isToldInOrder(types: readonly string[]): boolean {
  const places = types.map((type) => ['open', 'inprogress', 'close'].indexOf(type));
  return places.every((place, at) => place !== -1 && place >= (places[at - 1] ?? 0));
}
