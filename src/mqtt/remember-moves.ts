// The sessions that have just gone to another agent: answers looked up meanwhile are out of date.

export const HEARD_ENDS = ['client/control', 'messages', 'messages/viewed', 'typing'];
const MOST = 1000;

export interface Moves {
  now(): number;
  note(sessionTopic: string): void;
  /** Of a filter with its base. */
  isSince(filter: string, since: number): boolean;
}

export function rememberMoves(): Moves {
  const numbers = new Map<string, number>();
  let last = 0;
  return {
    now: () => last,
    note: (sessionTopic: string): void => {
      last += 1;
      numbers.delete(sessionTopic);
      numbers.set(sessionTopic, last);
      const [oldest] = numbers.keys();
      if (numbers.size > MOST && oldest !== undefined) numbers.delete(oldest);
    },
    isSince: (filter: string, since: number): boolean =>
      HEARD_ENDS.some((end) => {
        const sessionTopic = filter.endsWith(`/${end}`) && filter.slice(0, -end.length - 1);
        return sessionTopic !== false && (numbers.get(sessionTopic) ?? 0) > since;
      }),
  };
}
