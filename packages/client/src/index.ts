// The door of the package: what a program may import from `@usher/client`.

export type { Updates, UpdatesOptions } from './follow-updates.ts';
export type { ErrorCode } from './generated/error-codes.ts';
export type { paths } from './generated/schema.ts';
export type {
  ApiChannel,
  ContactFields,
  Opening,
  PastConversation,
  PlainUpdate,
  Rating,
  Said,
  SaidMessage,
  Saying,
  Standing,
  Update,
} from './make-channel.ts';
export { makeUsher, type Usher, type UsherOptions } from './make-usher.ts';
export { UsherProblem, UsherUnreachable } from './problem.ts';
export { readWebhook, type WebhookEvent, WebhookRefused } from './read-webhook.ts';
