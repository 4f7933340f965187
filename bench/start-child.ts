// Starts a child process of a measurement, and sends it one question at a time.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface BenchChild {
  /** Resolves with the next message. */
  next<Answer>(): Promise<Answer>;
  ask<Answer>(question: string | object): Promise<Answer>;
  stop(): Promise<void>;
}

export function startChild(file: string): BenchChild {
  const child = fork(join(import.meta.dirname, file), { env: { PATH: process.env.PATH } });
  const exited = once(child, 'exit');
  const next = async <Answer>(): Promise<Answer> => {
    const early = exited.then(() => {
      throw new Error(`${file} ended instead of answering.`);
    });
    early.catch(() => undefined);
    const [answer] = await Promise.race([once(child, 'message'), early]);
    return answer as Answer;
  };
  return {
    next,
    ask: (question) => {
      const answer = next();
      child.send(question);
      return answer as Promise<never>;
    },
    stop: async () => {
      child.send('stop');
      await exited;
    },
  };
}
