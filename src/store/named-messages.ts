// Where what a contact says belongs, by the program's own names of conversation and message: many at once.
import { batch } from './batch.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, statement } from './sql.ts';

/** As the program names them. */
export interface MessageName {
  externalId: string;
  clientMessageId: string;
}

export interface NamedPlace {
  /** The open conversation of that name, else the one that was closed last; null: there is none. */
  conversationId: string | null;
  contactId: string | null;
  /** The message, if it was said before in whichever conversation of that name; null: it was not. */
  messageId: string | null;
  saidIn: string | null;
  seq: number | null;
  text: string | null;
}

const input = batch<MessageName>(3, {
  external_id: ['text', ({ externalId }) => externalId],
  client_message_id: ['text', ({ clientMessageId }) => clientMessageId],
});
const OF_NAME = 'workspace_id = $1 and channel_id = $2 and external_id = i.external_id';

// Open and closed ones have an index each.
const find_ = statement<NamedPlace & { place: number }>(
  'find-named-messages',
  `select i.place::integer, c.conversation_id as "conversationId", c.contact_id as "contactId", m.message_id as "messageId",
    m.conversation_id as "saidIn", m.seq, m.text
  from ${input.rows} i
  left join ${lookedUp(`select * from (
      (select conversation_id, contact_id, true as is_open from conversation where ${OF_NAME} and state <> 'closed')
      union all
      (select conversation_id, contact_id, false from conversation where ${OF_NAME} and state = 'closed' order by closed_at desc limit 1)
    ) named order by is_open desc limit 1`)} c on true
  left join ${lookedUp(`select said.* from (
      select conversation_id from conversation where ${OF_NAME} and state <> 'closed'
      union all
      select conversation_id from conversation where ${OF_NAME} and state = 'closed'
    ) o
    cross join lateral (select message_id, conversation_id, seq, text from message where workspace_id = $1
      and conversation_id = o.conversation_id and author_kind = 'contact' and client_message_id = i.client_message_id) said
    limit 1`)} m on true
  order by i.place`,
);

/** One for each, in the order given. */
export function findNamedMessages(
  db: Db,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  names: readonly MessageName[],
): Promise<NamedPlace[]> {
  return query(db, find_, [workspaceId, channelId, ...input.values(names)]);
}
