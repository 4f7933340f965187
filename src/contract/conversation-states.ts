// Where a conversation can be.

/**
 * `waiting`: for an agent; `assigned`: an agent has it; `parked`: its agent has set it aside until a time or until the
 * contact writes, and it takes none of the agent's capacity; `closed`: it has ended.
 */
export const conversationStates = ['waiting', 'assigned', 'parked', 'closed'] as const;
export type ConversationState = (typeof conversationStates)[number];
