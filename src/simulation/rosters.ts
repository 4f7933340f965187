// Lets shifts begin and end, for all agents that have the same ones at once.
import type { Scenario } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import type { SimulatedAgent } from './agents.ts';
import { type Centre, countWaiting, isInTail, type Roster } from './centre.ts';
import { match } from './give.ts';
import { changeAvailability } from './queue.ts';
import { makeShifts } from './shifts.ts';
import { placeAwaiting } from './stand-in-line.ts';

export function listRosters(
  { agents: entries }: Scenario,
  { agents, begins }: { agents: readonly SimulatedAgent[]; begins: Instant },
): Roster[] {
  return entries.flatMap((entry) => {
    const shifts = makeShifts(entry, begins);
    const places = agents.flatMap(({ name }, place) => (name === entry.name ? [place] : []));
    return shifts === null ? [] : [{ places, shifts }];
  });
}

/** No more of them once nobody comes and nobody waits for one. */
export function planShift(centre: Centre, roster: Roster): void {
  const { timetable, come, arrivals, now, unanswered } = centre;
  const isDone = come === arrivals && countWaiting(centre) + unanswered === 0;
  const isOver = isDone || isInTail(centre, now);
  if (isOver) return;
  const { at, isOn } = roster.shifts.next();
  timetable.plan(at, { what: 'shift', roster, isOn }, true);
}

export function beginShift(centre: Centre, roster: Roster, isOn: boolean): void {
  for (const at of roster.places) {
    centre.work.note(at, centre.now);
    (centre.agents[at] as SimulatedAgent).isInShift = isOn;
    centre.offers?.comes(at, centre.now);
  }
  changeAvailability(centre.queue, roster.places, isOn ? 'online' : 'offline');
  if (isOn) match(centre, 'everybody');
  else for (const at of roster.places) placeAwaiting(centre, at);
  planShift(centre, roster);
}
