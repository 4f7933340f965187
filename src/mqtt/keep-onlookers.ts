// Knows which agents have which conversation open, and tells the others who may see it. Kept in memory only, at every node.

import {
  LOOK_LASTS_MS,
  type Onlooker,
  TOLD_WHOLE_EVERY_MS,
  type ToldOnlookers,
  type Writing,
} from '../contract/onlookers.ts';
import { type Kept, keepLanes } from '../loops/keep-lanes.ts';
import { type LoopClock, openLane } from '../loops/open-lane.ts';
import { listWatchers } from '../store/sight.ts';
import type { Db } from '../store/sql.ts';
import type { Told } from './tell-agents.ts';

/** A sign of a tab. */
export interface Look {
  agentId: string;
  /** One of the agent's; chosen by it. */
  tab: string;
  /** null: it shows none any more. */
  conversationId: string | null;
  writing: Writing | null;
}

export interface Onlookers {
  /** Said at this node; the others are told. */
  said(workspaceId: string, look: Look): void;
  /** Said at another node. */
  heard(workspaceId: string, looks: readonly Look[]): void;
  /** What the tab shows, as it was last said; undefined: nothing is known of it. */
  shownIn(workspaceId: string, tab: Pick<Look, 'agentId' | 'tab'>): string | undefined;
  stop(): Promise<void>;
}

export interface OnlookersMeans {
  db: Db;
  clock: LoopClock;
  /** Who may be listening at this node. */
  agents(workspaceId: string): Promise<readonly Told[]>;
  tell(workspaceId: string, agentId: string, told: ToldOnlookers): void;
  /** To the other nodes. */
  pass(workspaceId: string, looks: readonly Look[]): void;
  onError: (error: unknown, what: string) => void;
}

const GATHER_MS = 250;
const SWEEP_MS = 1000;
/** Whatever comes above these is not shown. */
const MOST_TABS = 10;
const MOST_IN_WORKSPACE = 2000;

export function keepOnlookers(means: OnlookersMeans): Onlookers {
  const lanes = keepLanes((workspaceId) => openRoom(means, workspaceId), means);
  let stopped = false;
  return {
    said: (workspaceId, look) => {
      if (!stopped) lanes.of(workspaceId).said(look);
    },
    heard: (workspaceId, looks) => {
      if (!stopped) lanes.of(workspaceId).heard(looks);
    },
    shownIn: (workspaceId, tab) => lanes.known(workspaceId)?.shownIn(tab),
    stop: async () => {
      stopped = true;
      await lanes.stop();
    },
  };
}

interface Room extends Kept {
  said(look: Look): void;
  heard(looks: readonly Look[]): void;
  shownIn(tab: Pick<Look, 'agentId' | 'tab'>): string | undefined;
}

function openRoom(means: OnlookersMeans, workspaceId: string): Room {
  const { clock, onError } = means;
  const tabs = keepTabs(clock);
  let toPass: Look[] = [];
  let toldWholeAt = Number.NEGATIVE_INFINITY;
  const lane = openLane({
    clock,
    work: async () => {
      const passing = toPass;
      toPass = [];
      if (passing.length > 0) means.pass(workspaceId, passing);
      tabs.forgetSilent();
      const changed = tabs.takeChanged();
      const whole = clock.elapsed() - toldWholeAt >= TOLD_WHOLE_EVERY_MS;
      if (whole) toldWholeAt = clock.elapsed();
      const ids = whole ? [...new Set([...tabs.conversations(), ...changed])] : changed;
      // Once the last one has left there is nothing to tell.
      if (ids.length > 0) await tellAll(means, { workspaceId, whole, shown: tabs.shown(ids) });
      if (!tabs.isEmpty()) lane.wakeIn(SWEEP_MS);
    },
    onError: (error) => onError(error, 'the agents were not told who looks'),
  });
  const take = (look: Look): void => {
    tabs.take(look);
    lane.wakeIn(GATHER_MS);
  };
  return {
    said: (look) => {
      if (toPass.length < MOST_IN_WORKSPACE) toPass.push(look);
      take(look);
    },
    heard: (looks) => {
      for (const look of looks) take(look);
    },
    shownIn: tabs.shownIn,
    isQuiet: () => tabs.isEmpty() && lane.isQuiet(),
    stop: lane.stop,
  };
}

interface Tab extends Look {
  conversationId: string;
  until: number;
}

const nameOf = ({ agentId, tab }: Pick<Look, 'agentId' | 'tab'>) => `${agentId} ${tab}`;

function keepTabs(clock: Pick<LoopClock, 'elapsed'>) {
  const tabs = new Map<string, Tab>();
  const changed = new Set<string>();
  const forget = (name: string): void => {
    const known = tabs.get(name);
    if (known !== undefined) changed.add(known.conversationId);
    tabs.delete(name);
  };
  const makeRoom = (agentId: string): boolean => {
    const own = [...tabs].filter(([, tab]) => tab.agentId === agentId);
    // The one that was said longest ago stands first.
    if (own.length >= MOST_TABS && own[0] !== undefined) forget(own[0][0]);
    return tabs.size < MOST_IN_WORKSPACE;
  };
  return {
    take: (look: Look): void => {
      const name = nameOf(look);
      const { conversationId } = look;
      const known = tabs.get(name);
      if (conversationId === null || (known === undefined && !makeRoom(look.agentId))) {
        forget(name);
        return;
      }
      const isSame = known?.conversationId === conversationId && known.writing === look.writing;
      if (!isSame) {
        forget(name);
        changed.add(conversationId);
      }
      tabs.delete(name);
      tabs.set(name, { ...look, conversationId, until: clock.elapsed() + LOOK_LASTS_MS });
    },
    forgetSilent: (): void => {
      for (const [name, { until }] of tabs) if (until <= clock.elapsed()) forget(name);
    },
    takeChanged: (): string[] => {
      const taken = [...changed];
      changed.clear();
      return taken;
    },
    conversations: (): string[] => [...tabs.values()].map((tab) => tab.conversationId),
    shown: (ids: readonly string[]): Map<string, Onlooker[]> => {
      const shown = new Map<string, Onlooker[]>(ids.map((id) => [id, []]));
      for (const { conversationId, agentId, writing } of tabs.values()) {
        const there = shown.get(conversationId);
        const same = there?.find((one) => one.agentId === agentId);
        // In two tabs they are one person.
        if (same === undefined) there?.push({ agentId, writing });
        else same.writing ??= writing;
      }
      return shown;
    },
    shownIn: (tab: Pick<Look, 'agentId' | 'tab'>) => tabs.get(nameOf(tab))?.conversationId,
    isEmpty: () => tabs.size === 0,
  };
}

async function tellAll(
  { db, agents, tell }: OnlookersMeans,
  told: { workspaceId: string; whole: boolean; shown: ReadonlyMap<string, Onlooker[]> },
): Promise<void> {
  const { workspaceId, whole, shown } = told;
  const listening = await agents(workspaceId);
  const all: ToldOnlookers = { whole, conversations: Object.fromEntries(shown) };
  for (const { agentId, seesAll } of listening) if (seesAll) tell(workspaceId, agentId, all);
  const agentIds = listening.filter(({ seesAll }) => !seesAll).map(({ agentId }) => agentId);
  if (agentIds.length === 0) return;
  const conversations = [...shown.keys()].map((id) => ({
    id,
    moved: false,
    leftTeamId: undefined,
  }));
  const seen = new Map<string, Record<string, readonly Onlooker[]>>(
    agentIds.map((agentId) => [agentId, {}]),
  );
  for (const { agentId, conversationId } of await listWatchers(db, {
    ...{ workspaceId, conversations, agentIds },
  })) {
    const mine = seen.get(agentId);
    if (mine !== undefined) mine[conversationId] = shown.get(conversationId) ?? [];
  }
  for (const [agentId, mine] of seen) {
    // Nothing at all is news too: what they saw before may have gone out of their sight.
    if (whole || Object.keys(mine).length > 0)
      tell(workspaceId, agentId, { whole, conversations: mine });
  }
}
