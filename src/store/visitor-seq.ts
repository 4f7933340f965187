// The numbers of messages as the visitor counts them: notes are for colleagues, and leave no gap.

/**
 * SQL of how far the visitor has counted at a number of the conversation; for a message that is no
 * note, its own number. Derived from the few notes (index message_notes), so no counter has to be
 * kept in step: a note never goes, and never comes before existing messages.
 */
export const visitorSeq = (conversationId: string, seq: string): string =>
  `(${seq} - (select count(*) from message n where n.workspace_id = $1 and n.conversation_id = ${conversationId}
    and n.kind = 'note' and n.seq <= ${seq})::integer)`;

/**
 * SQL of the number of the last message, no note, that the visitor counts as this or less. null:
 * there is none.
 */
export const seqOfVisitor = (conversationId: string, counted: string): string =>
  `(select m.seq from message m where m.workspace_id = $1 and m.conversation_id = ${conversationId} and m.kind = 'text'
    and m.seq <= ${counted} + (select count(*) from message n where n.workspace_id = $1
      and n.conversation_id = ${conversationId} and n.kind = 'note')
    and ${visitorSeq(conversationId, 'm.seq')} <= ${counted} order by m.seq desc limit 1)`;
