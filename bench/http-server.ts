// Starts the server under load and watches its memory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { MemorySample, Serving } from './http-child.ts';

export interface Sample {
  seconds: number;
  megabytes: number;
}

export interface Server {
  url: string;
  processId: number;
  memory: readonly Sample[];
  stop(): Promise<void>;
}

export async function startServer(
  kind: 'usher' | 'bare',
  environment: Record<string, string> = {},
  /** A checkout; another one than ours is measured beside it. */
  folder = join(import.meta.dirname, '..'),
): Promise<Server> {
  const child = fork(join(folder, 'bench', 'http-child.ts'), [kind], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  const exited = once(child, 'exit');
  const early = exited.then(() => {
    throw new Error(`The server (${kind}) ended instead of serving.`);
  });
  const first = await Promise.race([once(child, 'message'), early]);
  early.catch(() => undefined);
  const { url } = first[0] as Serving;
  const memory: Sample[] = [];
  const began = performance.now();
  child.on('message', ({ rss }: MemorySample) => {
    memory.push({ seconds: (performance.now() - began) / 1000, megabytes: rss / 1024 / 1024 });
  });
  return {
    url,
    processId: child.pid ?? 0,
    memory,
    stop: async () => {
      child.send('stop');
      await exited;
    },
  };
}
