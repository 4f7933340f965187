// Changes what an agent holds, with the time until now counted as it was.
import type { Centre } from './centre.ts';
import { chargeAgent } from './queue.ts';

export function charge({ work, queue, now }: Centre, at: number, weight: number): void {
  work.note(at, now);
  chargeAgent(queue, { at, weight, now });
}
