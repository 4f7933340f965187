// Draws the faults of a call, before and after its effect.
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

export interface Fate {
  /** Waited before the effect, and again after it. */
  halfLatencyMs: number;
  before: null | 'hang' | 'rate-limit' | 'error';
  after: null | 'reset' | 'hang' | 'html-body' | 'empty-body';
}

export const SPARED: Fate = { halfLatencyMs: 0, before: null, after: null };

export function drawFate(world: World, call: { path: string; writes: boolean }): Fate {
  const { switches } = world;
  if (!isDisturbed(switches, call.path)) return SPARED;
  const halfLatencyMs = drawLatency(world) / 2;
  const before = drawBefore(world);
  // A call without effect cannot lose its answer after the effect.
  return { halfLatencyMs, before, after: drawAfter(world, call.writes && before === null) };
}

function isDisturbed({ faultPaths }: Switches, path: string): boolean {
  return faultPaths.length === 0 || faultPaths.some((part) => path.includes(part));
}

function drawLatency({ switches, random }: World): number {
  const { latencyMs } = switches;
  return typeof latencyMs === 'number' ? latencyMs : random.between(latencyMs.min, latencyMs.max);
}

function drawBefore({ switches, random }: World): Fate['before'] {
  if (random.chance(switches.hang)) return 'hang';
  if (switches.rate429 !== null && random.chance(switches.rate429.probability)) return 'rate-limit';
  return random.chance(switches.error5xx) ? 'error' : null;
}

function drawAfter({ switches, random }: World, writes: boolean): Fate['after'] {
  if (writes && random.chance(switches.applyThenReset)) return 'reset';
  if (writes && random.chance(switches.applyThenHang)) return 'hang';
  if (random.chance(switches.htmlBody)) return 'html-body';
  return random.chance(switches.emptyBody) ? 'empty-body' : null;
}
