// Sends streams in the background, each by one sender at a time, and has the scheduler come back for
// those that must wait.
import type { Means } from './means';
import { sendStream } from './send-stream';

export interface Sender {
  /** Does not wait for it. */
  wake(means: Means, stream: string): void;
  /** Resolves when the stream is empty or has to wait. */
  send(means: Means, stream: string): Promise<void>;
}

const AFTER_ERROR_MS = 15_000;

export function makeSender(): Sender {
  /** true: there is news since its sender has looked. */
  const running = new Map<string, boolean>();
  let nextJobAt = Number.POSITIVE_INFINITY;
  const send: Sender['send'] = async (means, stream) => {
    if (running.has(stream)) {
      running.set(stream, true);
      return;
    }
    do {
      running.set(stream, false);
      try {
        const until = await sendStream(means, stream);
        if (until !== null) await comeBack(means, until);
      } catch (error) {
        means.log.error(`${stream}: ${String(error)}`);
        await comeBack(means, means.now() + AFTER_ERROR_MS);
      }
    } while (running.get(stream) === true);
    running.delete(stream);
  };
  const comeBack = async (means: Means, at: number): Promise<void> => {
    // One job serves all streams; a later one is put when it has run.
    if (nextJobAt > means.now() && nextJobAt <= at) return;
    nextJobAt = at;
    await means.modify
      .getScheduler()
      .scheduleOnce({ id: 'deliver', when: new Date(at) })
      .catch((error: unknown) => means.log.error(`Nothing could be scheduled: ${String(error)}`));
  };
  return { send, wake: (means, stream) => void send(means, stream) };
}
