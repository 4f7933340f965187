// Measures the router: how fast a backlog drains, how long an arrival waits, how both grow.
import { parseArgs } from 'node:util';
import { measureGrowth } from './growth.ts';
import { measureLatency } from './latency.ts';
import { measurePass } from './pass.ts';
import { measureStickyPass } from './sticky-pass.ts';
import { report, type Section, say } from './table.ts';
import { measureThroughput } from './throughput.ts';
import { openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    waiting: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1000' },
    cold: { type: 'boolean', default: false },
    runs: { type: 'string', default: '200' },
    closed: { type: 'string', default: '1000000' },
  },
});

async function inWorld(measure: (world: World) => Promise<Section[]>): Promise<Section[]> {
  const world = await openWorld();
  try {
    return await measure(world);
  } finally {
    await world.close();
  }
}

const parts: Record<string, () => Promise<Section[]>> = {
  throughput: () =>
    inWorld((world) =>
      measureThroughput(world, { agents: 1000, capacity: 5, waiting: Number(values.waiting) }),
    ),
  latency: () =>
    inWorld((world) =>
      measureLatency(world, {
        rate: Number(values.rate),
        seconds: Number(values.seconds),
        cold: values.cold,
      }),
    ),
  pass: () =>
    inWorld(async (world) => {
      const size = { waiting: Number(values.waiting), runs: Number(values.runs) };
      return [...(await measurePass(world, size.runs)), await measureStickyPass(world, size)];
    }),
  growth: () => measureGrowth({ runs: Number(values.runs), mostClosed: Number(values.closed) }),
};

const sections: Section[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  say(`measuring ${name}`);
  sections.push(...(await measure()));
}
await report(values.only === undefined ? 'routing' : `routing-${values.only}`, sections);
