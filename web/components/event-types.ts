// What an endpoint may be bound to: Gitple's four in their order, then our own.
export const gitpleTypes = [
  'send_external_message',
  'session_state_open',
  'session_state_inprogress',
  'session_state_close',
] as const;
export const ownTypes = [
  'conversation.opened',
  'conversation.assigned',
  'conversation.assignment-confirmed',
  'conversation.requeued',
  'conversation.transferred',
  'conversation.taken-over',
  'conversation.closed',
  'message.created',
  'agent.availability-changed',
  'external-message.sent',
  'endpoint.disabled',
] as const;
