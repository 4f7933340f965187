// Innocent visitors and agents in their own process, measured while others attack.
import { type Crowd, gatherCrowd, type Party } from './chat-crowd.ts';
import { measureLatency } from './measure-latency.ts';

export type PairsOrder =
  | { url: string; visitors: number; agents: number }
  | { rate: number; seconds: number };

export interface Measured {
  /** Milliseconds of each message; null: not shown. */
  latencies: (number | null)[];
  late: number[];
}

let crowd: Crowd | null = null;
let said = 0;

async function measure(load: { rate: number; seconds: number }): Promise<Measured> {
  const { visitors } = crowd as Crowd;
  const { latencies, late } = await measureLatency(crowd as Crowd, load, () => {
    said += 1;
    return { content: `message ${said}`, party: visitors[said % visitors.length] as Party };
  });
  return { latencies: latencies.map((one) => (Number.isFinite(one) ? one : null)), late };
}

// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', async (order: PairsOrder | 'stop') => {
  if (order === 'stop') {
    crowd?.close();
    process.exit();
  }
  if ('rate' in order) return process.send?.(await measure(order));
  crowd = await gatherCrowd(order.url, order);
  process.send?.({});
});
