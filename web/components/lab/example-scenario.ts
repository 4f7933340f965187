// The shop of the guide, for whoever has no records yet: as examples/scenarios/shop.json, with the arrivals of a day.
import type { Scenario } from '../../../src/contract/scenario.ts';

export const exampleScenario: Scenario = {
  seed: 7,
  arrivals: 10_000,
  warmUp: 0.05,
  within: [20, 60],
  kinds: [
    {
      name: 'orders',
      rate: 0.06,
      needs: { skills: { orders: 1 } },
      service: { lognormal: [240, 1.2] },
      firstAnswer: { lognormal: [30, 1] },
      patience: { exponential: 300 },
    },
    {
      name: 'refunds',
      rate: 0.02,
      needs: { skills: { refunds: 1 } },
      service: { lognormal: [420, 1] },
      firstAnswer: { lognormal: [50, 1] },
      patience: { exponential: 600 },
    },
  ],
  agents: [
    { name: 'orders', count: 4, capacity: 3, skills: { orders: 3 } },
    { name: 'both', count: 4, capacity: 3, skills: { orders: 2, refunds: 3 } },
  ],
  policy: { strategy: 'least-loaded' },
};
