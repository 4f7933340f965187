// Gives what was said with one contact of a channel to another: whoever was a guest has signed in.
import type { Writing } from './effects.ts';
import { sendWaiting } from './send-to-rules.ts';
import { query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

// Both are locked in one order, so that two mergings cannot wait for each other.
const merge_ = statement<{ contactId: string; conversationId: string | null }>(
  'merge-contacts',
  `with locked as materialized (
    select contact_id, external_id, name, email, phone, lang, avatar_url from contact
    where workspace_id = $1 and channel_id = $2 and external_id = any(array[$3, $4]::text[]) order by external_id for update
  ), guest as (
    select * from locked where external_id = $3
  ), customer as (
    insert into contact as k (workspace_id, contact_id, channel_id, external_id, name, email, phone, lang, avatar_url)
    select $1, $5, $2, $4, g.name, g.email, g.phone, g.lang, g.avatar_url from guest g
    on conflict (workspace_id, channel_id, external_id) do update set name = coalesce(k.name, excluded.name),
      email = coalesce(k.email, excluded.email), phone = coalesce(k.phone, excluded.phone),
      lang = coalesce(k.lang, excluded.lang), avatar_url = coalesce(k.avatar_url, excluded.avatar_url), seen_at = now()
    returning contact_id
  ), moved as (
    update conversation c set contact_id = customer.contact_id, ${sendWaiting('c')} from guest, customer
    where c.workspace_id = $1 and c.contact_id = guest.contact_id
    returning c.conversation_id
  )
  select customer.contact_id as "contactId", moved.conversation_id as "conversationId"
  from customer left join moved on true`,
).needs('conversation', 'contact', 'wake');

/** Answers the conversations that changed hands. What is not known of the customer is taken from the guest. null: there is no guest. */
export async function mergeContactRows(
  tx: Writing<typeof merge_, Tx>,
  args: {
    workspaceId: string;
    channelId: string;
    guestId: string;
    customerId: string;
    /** For a customer who is not known yet. */
    newContactId: string;
  },
): Promise<{ contactId: string; conversationIds: string[] } | null> {
  const { workspaceId, channelId, guestId, customerId, newContactId } = args;
  const rows = await query(tx, merge_, [workspaceId, channelId, guestId, customerId, newContactId]);
  const [first] = rows;
  if (first === undefined) return null;
  const conversationIds = rows.flatMap(({ conversationId: id }) => (id === null ? [] : [id]));
  return { contactId: first.contactId, conversationIds };
}
