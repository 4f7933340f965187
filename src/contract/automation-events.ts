// The events for which automations can wait. Without shapes, so that pages can have them too.
import { type EventType, eventTypes } from './event-types.ts';

/** What is private, or comes from automations themselves, starts none. */
const NOT_FOR_THEM: readonly EventType[] = [
  'conversation.whispered',
  'conversation.automated',
  'conversation.transcript-requested',
];
export const automationEvents = eventTypes.filter((type) => {
  const isOfConversation = type.startsWith('conversation.') || type === 'message.created';
  return isOfConversation && !NOT_FOR_THEM.includes(type);
});
