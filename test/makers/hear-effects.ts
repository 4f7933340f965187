// The desk of a test, with all that follows its commits written down.
import type { Desk } from '../../src/desk/context.ts';
import type { TestDesk } from './make-desk.ts';
import { silentDesk } from './silent-desk.ts';

export interface Listening {
  desk: Desk;
  /** What has followed since it was last asked: `wake`, `wakeIn 5`, `send`, or the kind and the id of what changed. */
  heard(): string[];
}

export function hearEffects({ desk: { db, clock } }: Pick<TestDesk, 'desk'>): Listening {
  const heard: string[] = [];
  const desk = silentDesk(db, {
    clock,
    wake: () => heard.push('wake'),
    wakeIn: (_, ms) => heard.push(`wakeIn ${ms}`),
    send: () => heard.push('send'),
    changed: (_, changes) => {
      heard.push(...changes.map(({ kind, ...change }) => `${kind} ${Object.values(change)}`));
    },
  });
  return { desk, heard: () => heard.splice(0) };
}
