// Somebody says when agents are planned to be what: it replaces what was planned in that time.
import {
  isPlannable,
  LONGEST_SHIFT_DAYS,
  type ShiftsPut,
  type ShiftsReplaced,
} from '../contract/shifts.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  findOverlappingShift,
  insertShifts,
  listNamedAgents,
  lockShifts,
  removeShifts,
  type ShiftRow,
} from '../store/shifts.ts';
import { listStatuses } from '../store/statuses.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { fitShifts, type Planned } from './fit-shifts.ts';
import { wordShiftFault } from './word-shift-fault.ts';

type By = { workspaceId: string; actor: string };
const DAY_MS = 86_400_000;

/**
 * Refuses `shift.invalid`, `shift.overlapping`, `agent.not-found` and `status.not-found`; then
 * nothing is changed.
 */
export async function putShifts(desk: Desk, by: By, given: ShiftsPut): Promise<ShiftsReplaced> {
  const [from, to] = [new Date(given.from), new Date(given.to)];
  refuseSpan({ from, to });
  const planned = given.shifts.map((one, index): Planned => {
    const { agentId, statusId = null, expects = statusId === null ? 'online' : 'away' } = one;
    const [start, end] = [new Date(one.start), new Date(one.end)];
    return { place: index, agentId, start, end, expects, statusId };
  });
  const agentIds = given.agentIds ?? [...new Set(planned.map(({ agentId }) => agentId))];
  refuseStrangers(planned, agentIds);
  await refuseUnknownIds(desk, by.workspaceId, { planned, agentIds });
  const { shifts, misfits } = fitShifts(planned, { from, to });
  const [misfit] = misfits;
  if (misfit !== undefined) {
    const { text } = wordShiftFault({ line: null, value: null, code: misfit.code });
    throw new Refused('shift.invalid', `shifts.${misfit.place}: ${text}`);
  }
  return replaceShifts(desk, by, { from, to, agentIds, shifts });
}

export interface Replacement {
  from: Date;
  to: Date;
  agentIds: readonly string[];
  /** They fit together. */
  shifts: readonly ShiftRow[];
}

/** Refuses `shift.overlapping`. */
export async function replaceShifts(
  desk: Desk,
  { workspaceId, actor }: By,
  { from, to, agentIds, shifts }: Replacement,
): Promise<ShiftsReplaced> {
  return commit(desk, workspaceId, async (tx) => {
    await lockShifts(tx, workspaceId);
    const removed = await removeShifts(tx, { workspaceId, agentIds, from, to });
    const overlapping = await findOverlappingShift(tx, workspaceId, shifts);
    if (overlapping !== null) {
      const what = `The one of ${overlapping.start.toISOString()} overlaps one that began before.`;
      throw new Refused('shift.overlapping', `${what} Replace from an earlier day on.`);
    }
    await insertShifts(tx, workspaceId, shifts);
    const [agents, added] = [agentIds.length, shifts.length];
    const change = { from: from.toISOString(), to: to.toISOString(), agents, removed, added };
    await addAuditEntry(tx, {
      ...{ workspaceId, actor, action: 'shifts.replaced', objectId: workspaceId, change },
    });
    return change;
  });
}

/** Refuses `shift.invalid`. */
export function refuseUnplannable({ from, to }: { from: Date; to: Date }): void {
  if ([from, to].every((at) => isPlannable(at.getTime()))) return;
  throw new Refused('shift.invalid', 'Shifts are planned from 2000 to 2099: correct from and to.');
}

function refuseSpan({ from, to }: { from: Date; to: Date }): void {
  refuseUnplannable({ from, to });
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0) throw new Refused('shift.invalid', 'to must be later than from.');
  if (days > LONGEST_SHIFT_DAYS) {
    throw new Refused('shift.invalid', `Replace ${LONGEST_SHIFT_DAYS} days at most at a time.`);
  }
}

function refuseStrangers(planned: readonly Planned[], agentIds: readonly string[]): void {
  const known = new Set(agentIds);
  const stranger = planned.find(({ agentId }) => !known.has(agentId));
  if (stranger === undefined) return;
  const text = `shifts.${stranger.place}: agentIds does not name ${stranger.agentId}. Add it there.`;
  throw new Refused('shift.invalid', text);
}

async function refuseUnknownIds(
  { db }: Desk,
  workspaceId: string,
  { planned, agentIds }: { planned: readonly Planned[]; agentIds: readonly string[] },
): Promise<void> {
  const agents = new Set((await listNamedAgents(db, workspaceId)).map(({ agentId }) => agentId));
  const unknown = agentIds.find((id) => !agents.has(id));
  if (unknown !== undefined) throw new Refused('agent.not-found', `There is no agent ${unknown}.`);
  const statuses = new Set((await listStatuses(db, workspaceId)).map(({ id }) => id));
  for (const { statusId, expects, place } of planned) {
    if (statusId === null) continue;
    if (!statuses.has(statusId)) throw new Refused('status.not-found');
    if (expects === 'online') {
      throw new Refused('shift.invalid', `shifts.${place}: whoever is online has no status.`);
    }
  }
}
