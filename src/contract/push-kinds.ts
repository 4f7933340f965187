// What is pushed, and how often a tab says that it is looked at. Without a schema, for pages that load little.

/** For how long a tab counts as visible after it said so; it says so again before. */
export const VISIBLE_SECONDS = 45;
/** Between two sayings of a visible tab. */
export const VISIBLE_EVERY_SECONDS = 20;

export const pushKinds = ['offer', 'given', 'message', 'consult', 'whisper', 'mention'] as const;
export type PushKind = (typeof pushKinds)[number];

/** What a push says, before it is encrypted. The service worker words it. */
export interface PushContent {
  kind: PushKind;
  conversationId: string;
  /** Of the contact. */
  name: string;
  /** What the contact wrote; null: the workspace does not let it leave. */
  text: string | null;
  language: string;
  /** For the acknowledgement. */
  token: string;
}
