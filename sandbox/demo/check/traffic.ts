// Customers who write, and agents who take their time and resolve.
import type { QiscusEmulator } from '../../qiscus/emulator.ts';
import { makeRandom } from '../../qiscus/random.ts';

export interface Traffic {
  stopArrivals(): void;
  /** Resolves when every room is resolved, or when the time is up. */
  drained(withinMs: number): Promise<void>;
  stop(): void;
}

/** Slightly more than the agents can serve, so that a queue forms. */
const UTILISATION = 1.1;

export function startTraffic(options: {
  qiscus: QiscusEmulator;
  agents: number;
  capacity: number;
  rate: number;
  seed: number;
}): Traffic {
  const { qiscus, rate } = options;
  const random = makeRandom(options.seed);
  const exponential = (mean: number) => -Math.log(1 - random.next()) * mean;
  const handlingMs = ((options.agents * options.capacity) / rate) * UTILISATION * 1000;
  const timers = new Set<NodeJS.Timeout>();
  let arriving = true;
  let stopped = false;
  let customers = 0;

  const later = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!stopped) act();
    }, ms);
    timers.add(timer);
  };
  const arrive = (): void => {
    if (!arriving) return;
    customers += 1;
    const customer = { userId: `customer-${customers}@example.com`, name: `Customer ${customers}` };
    const { roomId } = qiscus.customerMessage({ ...customer, text: 'Hello?' });
    // Some write again while they wait: Qiscus sends the webhook anew, which must change nothing.
    if (random.next() < 0.3) {
      later(300, () => {
        if (qiscus.room(roomId)?.isWaiting !== true) return;
        qiscus.customerMessage({ roomId, ...customer, text: 'Anybody there?' });
      });
    }
    later(exponential(1000 / rate), arrive);
  };
  qiscus.onAssigned(({ roomId, agentId }) => {
    later(200 + exponential(handlingMs), () => {
      const room = qiscus.room(roomId);
      if (room?.isResolved === false) qiscus.resolveByHand({ roomId, by: agentId });
    });
  });
  arrive();
  return {
    stopArrivals: () => {
      arriving = false;
    },
    drained: async (withinMs) => {
      const until = Date.now() + withinMs;
      while (Date.now() < until && qiscus.rooms().some(({ isResolved }) => !isResolved)) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
