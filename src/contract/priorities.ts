// How urgent a conversation may be, from the least.

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
