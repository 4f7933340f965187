// What several models do alike: who has room, who comes first, whose turn it is.
import type { Choice, Department, Floor, News, PeerAgent, Waiting } from './peer.ts';

export function hasRoom({ held, capacity }: PeerAgent): boolean {
  return held < capacity;
}

/** Of the members with room, the one who comes first; of equal ones, the first in the list. null: nobody has room. */
export function chooseFirst(
  { members }: Department,
  { agents }: Floor,
  compare: (a: PeerAgent, b: PeerAgent, placeOfA: number, placeOfB: number) => number,
): number | null {
  let best: number | null = null;
  for (const at of members) {
    if (!hasRoom(agents[at] as PeerAgent)) continue;
    if (best === null) best = at;
    else if (compare(agents[at] as PeerAgent, agents[best] as PeerAgent, at, best) < 0) best = at;
  }
  return best;
}

export interface Turns {
  /** Whoever may and had their turn longest ago; it is their turn now. null: nobody may. */
  take(department: Department, may: (agent: number) => boolean): number | null;
}

export function makeTurns(): Turns {
  const orders = new Map<Department, number[]>();
  return {
    take: (department, may) => {
      const order = orders.get(department) ?? [...department.members];
      orders.set(department, order);
      const place = order.findIndex(may);
      if (place === -1) return null;
      const [agent] = order.splice(place, 1);
      order.push(agent as number);
      return agent as number;
    },
  };
}

/** As many as these, or fewer. */
export function takeFirst(waiting: Iterable<Waiting>, most: number): Waiting[] {
  const first: Waiting[] = [];
  for (const one of waiting) {
    if (first.length === most) break;
    first.push(one);
  }
  return first;
}

/** Gives whoever comes, and fills the room of whoever has ended one, first come first served. */
export function* giveAtOnce(
  news: News,
  floor: Floor,
  choose: (department: Department) => number | null,
): Iterable<Choice> {
  if (news.what === 'arrival') {
    const to = choose(news.waiting.department);
    if (to !== null) yield { give: news.waiting, to };
  }
  if (news.what !== 'end') return;
  const agent = floor.agents[news.agent] as PeerAgent;
  while (hasRoom(agent)) {
    const give = findLongest(floor.departmentsOf(news.agent));
    const to = give && choose(give.department);
    if (give === null || to === null) return;
    yield { give, to };
  }
}

function findLongest(departments: readonly Department[]): Waiting | null {
  let longest: Waiting | null = null;
  for (const { waiting } of departments) {
    const [first] = takeFirst(waiting, 1);
    if (first !== undefined && (longest === null || first.nth < longest.nth)) longest = first;
  }
  return longest;
}
