// Which colleagues have a conversation open, and who of them writes: what agents' pages and we tell each other. Without a schema, for pages that load little.

/** Between two signs of a tab that shows a conversation. */
export const LOOKS_EVERY_MS = 4000;
/** For how long a sign counts: two may be late, and one be lost. */
export const LOOK_LASTS_MS = 9000;
/** All that is known is told again this often, so that nothing stays shown that has ended. */
export const TOLD_WHOLE_EVERY_MS = 5000;

export const writings = ['reply', 'note'] as const;
export type Writing = (typeof writings)[number];

export interface Onlooker {
  agentId: string;
  /** What they are writing; null: they only look. */
  writing: Writing | null;
}

export interface ToldOnlookers {
  /** There are no others; false: of these conversations only. */
  whole: boolean;
  conversations: Readonly<Record<string, readonly Onlooker[]>>;
}
