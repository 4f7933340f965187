// What automations and macros can do, by name. Without the shapes, so that pages can have them too.

/** In the order in which they are offered. */
export const actionNames = [
  'add-tags',
  'remove-tags',
  'set-priority',
  'send-to-plan',
  'send-to-team',
  'give-to-agent',
  'note',
  'message',
  'call-endpoint',
  'close',
] as const;
export type ActionName = (typeof actionNames)[number];

/** Of one automation or macro. */
export const MAX_ACTIONS = 10;
