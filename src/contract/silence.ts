// The silence of an agent or a contact in a conversation that is held: what is shown of it, and how it is kept.
import { type Static, Type } from 'typebox';
import { Nullable, Time } from './shapes.ts';
import type { Talk } from './targets.ts';

export const Silent = Type.Enum(['agent', 'contact'], {
  description: 'agent: the contact waits for an answer; contact: the agent has answered.',
});
export type Silent = Static<typeof Silent>;

export const Silence = Type.Object(
  {
    of: Silent,
    since: Time,
    noticedAt: Nullable(
      Type.String({
        format: 'date-time',
        description: 'When supervisors were told of the agent’s, or the contact was reminded.',
      }),
    ),
    dueAt: Nullable(
      Type.String({
        format: 'date-time',
        description:
          'When it goes back to the queue for the agent’s, or ends for the contact’s; null: the plan does not say.',
      }),
    ),
  },
  { description: 'Whose silence its plan counts, while an agent holds it.' },
);
export type Silence = Static<typeof Silence>;

/** In milliseconds; null: the plan does not say. */
export interface SilenceTimes {
  /** Of the agent: until supervisors are told; as long again until it goes back. */
  agent: number | null;
  remind: number | null;
  close: number | null;
}

/** As it is kept with the conversation; moments in milliseconds since 1970. */
export interface SilenceState extends Talk {
  /** By which it was judged, and since when these count for it. */
  times: SilenceTimes;
  timesSince: number;
  /** Whose silence counts, from when on; null: nobody's. */
  of: Silent;
  since: number;
  /** The contact's message or opening, or the agent's last message, from which it came. */
  cause: number;
  /** When its first step was made; null: it was not. */
  noticedAt: number | null;
  dueAt: number | null;
}

/** As it is shown; null: the plan counts nothing of it. */
export function showSilence(state: SilenceState | null): Silence | null {
  if (state === null) return null;
  const { of, since, noticedAt, dueAt, times } = state;
  const { agent, remind, close } = times;
  const isCounted = of === 'agent' ? agent !== null : remind !== null || close !== null;
  if (!isCounted) return null;
  const say = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return { of, since: new Date(since).toISOString(), noticedAt: say(noticedAt), dueAt: say(dueAt) };
}
