// Receivers in their own process, so that they do not share an event loop with what is measured.
import { readStream } from '../sandbox/receiver/report.ts';
import { type Receiver, startReceiver } from '../sandbox/receiver/start-receiver.ts';

export type ReceiverOrder = 'forget' | 'count' | 'arrivals' | 'stop';
export interface ReceiverAnswers {
  urls: { well: string; hanging: string };
  count: number;
  /** Of the one that answers: the conversation, and milliseconds since 1970. */
  arrivals: [string, number][];
}

const well: Receiver = await startReceiver();
const hanging: Receiver = await startReceiver({ behaviour: { fault: 'hang' } });

// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', async (order: ReceiverOrder) => {
  if (order === 'forget') {
    well.forget();
    hanging.forget();
    process.send?.({});
  }
  if (order === 'count') process.send?.({ count: well.requests.length });
  if (order === 'arrivals') {
    const arrivals = well.requests.map(({ body, at }) => [readStream(body) ?? '', at]);
    process.send?.({ arrivals });
  }
  if (order === 'stop') {
    await Promise.all([well.stop(), hanging.stop()]);
    process.disconnect();
  }
});
process.send?.({ urls: { well: well.url, hanging: hanging.url } });
