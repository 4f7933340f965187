// The names of all events, and what an endpoint may be bound to. Without their shapes, so that pages can have them too.

/** In the order of the documentation; events.ts has what each carries. */
export const eventTypes = [
  'conversation.opened',
  'conversation.assigned',
  'conversation.assignment-confirmed',
  'conversation.offered',
  'conversation.accepted',
  'conversation.declined',
  'conversation.missed',
  'conversation.requeued',
  'conversation.handed-over',
  'conversation.left-by-bot',
  'conversation.transferred',
  'conversation.taken-over',
  'conversation.parked',
  'conversation.returned',
  'conversation.given-back',
  'conversation.consult-requested',
  'conversation.consult-ended',
  'conversation.whispered',
  'conversation.closed',
  'conversation.rated',
  'conversation.transcript-requested',
  'conversation.reopened',
  'conversation.updated',
  'conversation.due-soon',
  'conversation.overdue',
  'conversation.unanswered',
  'conversation.reminded',
  'conversation.automated',
  'message.created',
  'agent.availability-changed',
  'agent.status-changed',
  'external-message.sent',
  'automation.called',
  'automation.disabled',
  'endpoint.disabled',
] as const;
export type EventType = (typeof eventTypes)[number];

/** The Gitple types, and the event that each tells of (gitple-events.md §5, §6). */
export const gitpleTypes = {
  send_external_message: 'external-message.sent',
  session_state_open: 'conversation.opened',
  session_state_inprogress: 'conversation.assigned',
  session_state_close: 'conversation.closed',
} as const satisfies Record<string, EventType>;
export type GitpleType = keyof typeof gitpleTypes;

/** What an endpoint may be bound to; the type decides the body. */
export type BindableType = EventType | GitpleType;
export const bindableTypes = [...(Object.keys(gitpleTypes) as GitpleType[]), ...eventTypes];

export function isGitpleType(type: string): type is GitpleType {
  return Object.hasOwn(gitpleTypes, type);
}

/** The event that a type tells of. */
export function eventOf(type: BindableType): EventType {
  return isGitpleType(type) ? gitpleTypes[type] : type;
}
