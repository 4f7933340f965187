// Sends waiting messages: each conversation in order, one tab at a time, until none waits or the line is lost.
import type { Outgoing, Records } from './kept-outgoing.ts';

export interface Turns {
  records: Pick<Records, 'all' | 'firstOf'>;
  /** Works while no other tab works under this name. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
  /** false: it could not be sent now, and what stands behind it waits. */
  attempt(one: Outgoing): Promise<boolean>;
}

/** Answers how to begin; what is under way already is not begun twice. */
export function sendInTurn({ records, alone, attempt }: Turns): () => void {
  const busy = new Set<string>();
  const sendAll = async (id: string): Promise<boolean> => {
    for (let one = records.firstOf(id); one !== undefined; one = records.firstOf(id)) {
      if (!(await attempt(one))) return false;
    }
    return true;
  };
  const sendOf = async (id: string): Promise<void> => {
    if (busy.has(id)) return;
    busy.add(id);
    let goesOn = false;
    try {
      await alone(id, async () => {
        goesOn = await sendAll(id);
      });
    } finally {
      busy.delete(id);
    }
    // Written just while the turn was passed on.
    if (goesOn && records.firstOf(id) !== undefined) void sendOf(id);
  };
  return () => {
    const waiting = records.all().filter(({ problem }) => problem === null);
    for (const id of new Set(waiting.map(({ conversationId }) => conversationId))) void sendOf(id);
  };
}
