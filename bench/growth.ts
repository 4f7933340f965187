// What one arrival costs as the house grows: more agents, more history.
import { resolveConversation } from '../src/desk/close-conversation.ts';
import { openConversation } from '../src/desk/open-conversation.ts';
import { makeRoster, type Roster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { median } from './statistics.ts';
import { ms, type Section, say, times, whole } from './table.ts';
import { fillConversations, openWorld, type Place, type World } from './world.ts';

const WARM_UP_RUNS = 20;
const MOST_GROWTH = 2;
// A statement may take 30 s at most.
const FILL = 100_000;

export interface Site {
  world: World;
  place: Place;
  roster: Roster;
  size: number;
  opens: number[];
  passes: number[];
}

export async function measureGrowth(args: {
  runs: number;
  mostClosed: number;
}): Promise<Section[]> {
  return [await growAgents(args.runs), await growHistory(args)];
}

async function growAgents(runs: number): Promise<Section> {
  const world = await openWorld();
  try {
    const sites: Site[] = [];
    for (const agents of [100, 1000, 10_000]) {
      const place = await world.makeWorkspace({ agents, capacity: 5 });
      sites.push(makeSite(world, place, agents));
    }
    await world.db.query('vacuum analyze agent');
    await measure(sites, runs);
    return describe('Growth with agents', 'agents', sites, runs);
  } finally {
    await world.close();
  }
}

/** A database for each size, so that the sizes can take turns. */
async function growHistory(args: { runs: number; mostClosed: number }): Promise<Section> {
  const sites: Site[] = [];
  try {
    for (const size of [1000, 100_000, args.mostClosed]) {
      const world = await openWorld();
      const place = await world.makeWorkspace({ agents: 1000, capacity: 5 });
      sites.push(makeSite(world, place, size));
      for (let left = size; left > 0; left -= FILL) {
        const count = Math.min(left, FILL);
        await fillConversations(world.db, place, { count, state: 'closed' });
      }
      say(`  ${whole(size)} closed conversations`);
    }
    await measure(sites, args.runs);
    return describe('Growth with history', 'closed conversations', sites, args.runs);
  } finally {
    for (const { world } of sites) await world.close();
  }
}

export function makeSite(world: World, place: Place, size: number): Site {
  return { world, place, roster: makeRoster(place.workspaceId), size, opens: [], passes: [] };
}

/** The sizes take turns, so that noise hits all alike. */
async function measure(sites: Site[], runs: number): Promise<void> {
  for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
    for (const site of sites) {
      const { open, pass } = await runOnce(site, `room-${run}`);
      if (run < 0) continue;
      site.opens.push(open);
      site.passes.push(pass);
    }
  }
}

export async function runOnce(
  site: Site,
  externalId: string,
): Promise<{ open: number; pass: number }> {
  const { roster } = site;
  const { desk } = site.world;
  const { workspaceId, channelId } = site.place;
  const began = performance.now();
  await openConversation(desk, {
    workspaceId,
    channel: { channelId, teamId: null, weight: 1, remote: true },
    externalId,
    externalChannelId: null,
    contact: { externalId, name: null, email: null, phone: null, avatarUrl: null, attributes: {} },
    priority: 'normal',
    previousSessionId: null,
    meta: {},
  });
  const opened = performance.now();
  const { assigned } = await routeWaiting(desk, { workspaceId, roster });
  const ended = performance.now();
  if (assigned !== 1) throw new Error(`A pass for one arrival assigned ${assigned}.`);
  const how = { sessionId: null, reason: 'resolved', note: null };
  await resolveConversation(desk, workspaceId, { channelId, externalId, ...how });
  return { open: opened - began, pass: ended - opened };
}

function describe(title: string, unit: string, sites: Site[], runs: number): Section {
  const base = median(sites[0]?.passes ?? []);
  const rows = sites.map(({ size, opens, passes }, index) => {
    const pass = median(passes);
    const grown = pass / base;
    const isLast = index === sites.length - 1;
    const verdict = grown <= MOST_GROWTH ? 'met' : 'MISSED';
    return [
      whole(size),
      ms(median(opens)),
      ms(pass),
      times(grown),
      isLast ? `<= ${MOST_GROWTH} ×` : '',
      isLast ? verdict : '',
    ];
  });
  return {
    title,
    how: `One conversation is opened, one pass assigns it, its room is resolved, and again: median of ${whole(runs)} runs after ${WARM_UP_RUNS}, the sizes taking turns. The pass also settles the release of the run before.`,
    columns: [unit, 'opening', 'pass', 'against the smallest', 'needed', 'verdict'],
    rows,
  };
}
