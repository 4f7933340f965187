// Tells a program its updates as server-sent events, for as long as it reads them.
import { Readable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import { Refused } from '../../errors.ts';
import { type Told, type WaitingReader, waitForUpdates } from './hear-updates.ts';

/** A line without meaning, so that nobody on the way takes the connection for a dead one. */
const HEARTBEAT_MS = 15_000;
/** Whoever takes nothing for so long is cut. */
const STALLED_MS = 30_000;
const BUFFER_BYTES = 16_384;

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function writeEvent({ number, update }: Told): string {
  const id = number === null ? '' : `id: ${number}\n`;
  return `${id}event: ${update.type}\ndata: ${JSON.stringify(update)}\n\n`;
}

/** Ends by itself when the program's right does, or the server stops. */
export function streamUpdates(
  reader: WaitingReader,
  { after, onError }: { after: number; onError: (error: unknown) => void },
): Readable {
  const stream = Readable.from(
    pace(tell(reader, { after, onError }), reader, () => stream.destroy()),
    {
      objectMode: false,
      highWaterMark: BUFFER_BYTES,
    },
  );
  return stream;
}

async function* tell(
  reader: WaitingReader,
  { after, onError }: { after: number; onError: (error: unknown) => void },
): AsyncGenerator<string> {
  let reached = after;
  // Whoever is cut off before the first event reads on from here.
  yield `id: ${reached}\n\n`;
  for (;;) {
    const heard = await waitForUpdates(reader, { after: reached, withinMs: HEARTBEAT_MS }).catch(
      (error: unknown) => {
        // Its right has ended, or what it wants is deleted: it learns why when it comes again.
        if (!(error instanceof Refused)) onError(error);
        return null;
      },
    );
    if (heard === null) return;
    reached = heard.after;
    if (heard.told.length > 0) {
      yield heard.told.map(writeEvent).join('');
      continue;
    }
    // A right can also end by time.
    if (
      !(await reader.judge().then(
        () => true,
        () => false,
      ))
    )
      return;
    yield ': still here\n\n';
  }
}

/** A text is asked for only after the one before has been taken. */
async function* pace(
  texts: AsyncGenerator<string>,
  { reading: { desk } }: { reading: { desk: { clock: Pick<Clock, 'after'> } } },
  cut: () => void,
): AsyncGenerator<string> {
  for await (const text of texts) {
    const callOff = desk.clock.after(STALLED_MS, cut);
    yield text;
    callOff();
  }
}
