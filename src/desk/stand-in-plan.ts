// Where a conversation stands in its plan, and where another policy would have it stand: by the functions of the router.
import type { Standing } from '../contract/policy/dry-run.ts';
import type { NameIndex } from '../routing/policy/policy-names.ts';
import { readMoment } from '../routing/read-moment.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import type { Placing } from '../store/place-conversations.ts';
import type { Db } from '../store/sql.ts';
import type { TriedRow } from '../store/try-policy.ts';
import { readSurroundings, type Surroundings } from './gather-facts.ts';
import { type InForce, placeOne } from './place-waiting.ts';

/** A policy, and what is the same for all conversations that it is tried on. */
export interface Surrounded {
  inForce: InForce;
  agents: readonly AgentState[];
  around: Surroundings | null;
}

export async function surround(
  db: Db,
  args: { workspaceId: string; inForce: InForce; agents: readonly AgentState[]; now: Instant },
): Promise<Surrounded> {
  const { inForce, agents } = args;
  const { routing } = inForce.policy;
  return { inForce, agents, around: routing && (await readSurroundings(db, { ...args, routing })) };
}

export function standNow(row: TriedRow, names: NameIndex): Standing {
  const { route, planStep: step, ...stands } = row;
  return writeStanding({ ...stands, step, route }, names);
}

export function standAt(
  row: TriedRow,
  { by, now, names }: { by: Surrounded; now: Instant; names: NameIndex },
): Standing {
  const placed = placeOne(row, { ...by, now });
  return writeStanding(placed, names);
}

/** As if it came again, at the hour at which it came: with what is known of it and of its contact now. */
export function standOnArrival(
  row: TriedRow,
  { by, names }: { by: Surrounded; names: NameIndex },
): Standing {
  const { route, queuedAt: now } = row;
  const came = route && { asked: route.asked, byHand: route.byHand };
  const { routing } = by.inForce.policy;
  const around = by.around && routing && { ...by.around, now: readMoment(routing, now) };
  const arriving = { ...row, policyVersion: null, route: came };
  return standAt(arriving, { by: { ...by, around }, now, names });
}

function writeStanding(
  stands: Pick<Placing, 'plan' | 'step' | 'teamId' | 'skillIds' | 'skillLevels' | 'priority'> &
    Pick<TriedRow, 'route'>,
  names: NameIndex,
): Standing {
  const { route, plan, step, teamId, skillIds, skillLevels, priority } = stands;
  return {
    rule: route && 'rule' in route ? route.rule : null,
    ends: route?.ends?.reason ?? null,
    ...{ plan, priority, step: step === null ? null : step + 1 },
    team: teamId === null ? null : names.nameOf('team', teamId),
    skills: Object.fromEntries(
      skillIds.map((id, nth) => [names.nameOf('skill', id), skillLevels[nth] ?? 1]),
    ),
  };
}
