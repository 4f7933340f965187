// How many agents each thing that is asked of them leaves, from all to those who could take it. Pure.

/** What is asked, in the order of the router, and the obstacles of its record that belong to it. */
const asked = {
  available: ['availability', 'lease'],
  channel: ['bot', 'channel'],
  team: ['team'],
  skills: ['skills'],
  tried: ['excluded'],
  room: ['capacity', 'limit', 'pace'],
} as const;

/** What nearly always goes without saying is told where it left somebody out. */
const quiet: readonly string[] = ['team', 'tried'];

export type FunnelStep = keyof typeof asked;

export interface Step {
  name: FunnelStep;
  /** Those whom it left out, by obstacle. */
  out: { obstacle: string; count: number }[];
  left: number;
}

export function funnelSteps(record: {
  considered: number;
  removed: Readonly<Record<string, number>>;
}): Step[] {
  let left = record.considered;
  const steps: Step[] = [];
  for (const name of Object.keys(asked) as FunnelStep[]) {
    const out = asked[name]
      .map((obstacle) => ({ obstacle, count: record.removed[obstacle] ?? 0 }))
      .filter(({ count }) => count > 0);
    left -= out.reduce((sum, { count }) => sum + count, 0);
    if (out.length > 0 || !quiet.includes(name)) steps.push({ name, out, left });
  }
  return steps;
}
