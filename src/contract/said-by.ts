// Who writes messages, and which kinds of them there are, as plain values: browsers read them too.

/** user: a program or a person who is no agent. system: the words of a plan, or of an automation. */
export const authorKinds = ['contact', 'agent', 'bot', 'user', 'system'] as const;
export type AuthorKind = (typeof authorKinds)[number];

/** note: seen by agents only. */
export const messageKinds = ['text', 'note'] as const;
export type MessageKind = (typeof messageKinds)[number];
