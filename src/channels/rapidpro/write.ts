// What RapidPro is told: an agent's message, and the end of a ticket (rapidpro.md §4).

export interface Ticket {
  ticketId: string;
  token: string;
}

export interface Attachment {
  type: string;
  url: string;
}

/** null: an event with neither text nor attachments is never sent. */
export function writeAgentMessage(
  { ticketId, token }: Ticket,
  { text, attachments }: { text: string; attachments: readonly Attachment[] },
): Record<string, unknown> | null {
  if (text === '' && attachments.length === 0) return null;
  return {
    type: 'agent-message',
    ticketID: ticketId,
    visitor: { token },
    data: {
      ...(text === '' ? {} : { text }),
      ...(attachments.length === 0
        ? {}
        : { attachments: attachments.map(({ type, url }) => ({ type, url })) }),
    },
  };
}

export function writeCloseRoom({ ticketId, token }: Ticket): Record<string, unknown> {
  return { type: 'close-room', ticketID: ticketId, visitor: { token } };
}
