// The targets of a conversation: which there are, and how they are kept with it.
import { type Static, Type } from 'typebox';
import { Time } from './shapes.ts';

export const targetKinds = ['firstAnswer', 'nextAnswer', 'end'] as const;
export const TargetKind = Type.Enum([...targetKinds], {
  description:
    'firstAnswer: to the first answer of an agent; nextAnswer: to each answer after that; end: to its end.',
});
export type TargetKind = Static<typeof TargetKind>;

/** Of a conversation's open targets the one that is due first. */
export const NextDue = Type.Object({
  target: TargetKind,
  soonAt: Type.String({ format: 'date-time', description: 'From here on it is due soon.' }),
  dueAt: Time,
});
export type NextDue = Static<typeof NextDue>;

/** Something that was said, as far as targets ask. */
export interface Line {
  seq: number;
  by: 'agent' | 'contact';
  agentId: string | null;
  /** The message's own moment, in milliseconds since 1970, which may be long before we learn of it. */
  at: number;
}

/** What has been said so far; moments in milliseconds since 1970. */
export interface Talk {
  /** The last message that is counted. */
  seq: number;
  firstAnswerAt: number | null;
  /** The latest answer. */
  answeredAt: number | null;
  /** The contact's first message since then; null: no answer is owed. */
  owedSince: number | null;
}

/** `told`: 1: that it is due soon; 2: also that it is overdue. */
export interface OpenTarget {
  kind: TargetKind;
  since: number;
  soonAt: number;
  dueAt: number;
  told: 0 | 1 | 2;
}

/** As it is kept with the conversation. */
export interface TargetState extends Talk {
  open: readonly OpenTarget[];
}

/** Whose message changes its targets; `end`: nobody's. */
export type Awaits = 'agent' | 'contact' | 'end';

/** Of those that are open the one that is due first; of equals the first. */
export function findFirst(targets: Pick<TargetState, 'open'> | null): OpenTarget | null {
  return (targets?.open ?? []).reduce<OpenTarget | null>(
    (best, one) => (best === null || one.dueAt < best.dueAt ? one : best),
    null,
  );
}
