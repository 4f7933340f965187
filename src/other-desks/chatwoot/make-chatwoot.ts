// Reads a Chatwoot account from its database. It only reads, and only what readers know what to do with.
import type { ClientBase } from 'pg';
import type { SourceDesk } from '../../contract/source-desk.ts';
import { readNumber, readText } from '../foreign.ts';
import { type Ask, makeAsk, makePage } from '../read-page.ts';
import {
  readCanned,
  readContact,
  readConversation,
  readLabel,
  readMessage,
  readPerson,
} from './read-chatwoot.ts';

const CONTACTS = 500;
const CONVERSATIONS = 200;
const MESSAGES = 2000;

/** `account`: absent where there is only one. Throws a sentence where it cannot be told which. */
export async function makeChatwoot(
  client: ClientBase,
  account: number | null,
): Promise<SourceDesk> {
  const ask = makeAsk(client);
  const id = account ?? (await findAccount(ask));
  const found = await ask('select to_jsonb(a.id) as row from accounts a where id = $1', [id]);
  if (found.length === 0) throw new Error(`There is no account ${id} in this Chatwoot.`);
  return { name: 'Chatwoot', ...lists(ask, id), ...pages(ask, id) };
}

async function findAccount(ask: Ask): Promise<number> {
  const accounts = await ask(
    `select jsonb_build_object('id', id, 'name', name) as row from accounts order by id limit 50`,
  );
  const [only] = accounts;
  if (only !== undefined && accounts.length === 1) return Number(only.id);
  const names = accounts.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new Error(
    `This Chatwoot has ${names === '' ? 'no account' : `several accounts: ${names}. Name one: --account`}.`,
  );
}

function lists(ask: Ask, account: number) {
  return {
    people: async () =>
      (
        await ask(
          `select to_jsonb(u) || jsonb_build_object('role', a.role) as row
          from account_users a join users u on u.id = a.user_id where a.account_id = $1 order by u.id`,
          [account],
        )
      ).flatMap((row) => readPerson(row) ?? []),
    teams: async () =>
      (
        await ask(
          `select to_jsonb(t) || jsonb_build_object('members',
            (select coalesce(jsonb_agg(m.user_id order by m.user_id), '[]') from team_members m where m.team_id = t.id)) as row
          from teams t where account_id = $1 order by id`,
          [account],
        )
      ).flatMap((row) => {
        const [key, name] = [readNumber(row.id), readText(row.name)];
        const memberKeys = Array.isArray(row.members) ? (row.members as number[]) : [];
        return key === null || name === null ? [] : [{ key, name, memberKeys }];
      }),
    tags: async () =>
      (
        await ask('select to_jsonb(l) as row from labels l where account_id = $1 order by id', [
          account,
        ])
      ).flatMap((row) => readLabel(row) ?? []),
    replies: async () =>
      (
        await ask(
          'select to_jsonb(r) as row from canned_responses r where account_id = $1 order by id',
          [account],
        )
      ).flatMap((row) => readCanned(row) ?? []),
  };
}

const labelsOf = (type: 'Contact' | 'Conversation', id: string) =>
  `(select coalesce(jsonb_agg(g.name order by g.name), '[]') from taggings t join tags g on g.id = t.tag_id
    where t.taggable_type = '${type}' and t.taggable_id = ${id} and t.context = 'labels')`;

const FILES = `(select coalesce(jsonb_agg(jsonb_build_object('filename', b.filename, 'content_type', b.content_type,
    'byte_size', b.byte_size, 'external_url', f.external_url, 'fallback_title', f.fallback_title) order by f.id), '[]')
  from attachments f left join active_storage_attachments s on s.record_type = 'Attachment' and s.record_id = f.id and s.name = 'file'
    left join active_storage_blobs b on b.id = s.blob_id
  where f.message_id = m.id)`;

function pages(
  ask: Ask,
  account: number,
): Pick<SourceDesk, 'contacts' | 'conversations' | 'messages'> {
  return {
    contacts: async (after) => {
      const rows = await ask(
        `select to_jsonb(k) || jsonb_build_object('labels', ${labelsOf('Contact', 'k.id')}) as row
        from contacts k where account_id = $1 and id > $2 order by id limit $3`,
        [account, after, CONTACTS],
      );
      return makePage(rows, CONTACTS, readContact);
    },
    conversations: async (after) => {
      const rows = await ask(
        `select to_jsonb(c) || jsonb_build_object('labels', ${labelsOf('Conversation', 'c.id')},
          'contact_created_at', k.created_at, 'inbox_name', i.name,
          'last_message_at', (select max(m.created_at) from messages m where m.conversation_id = c.id),
          'rating', (select to_jsonb(r) from csat_survey_responses r where r.conversation_id = c.id order by r.id desc limit 1)) as row
        from conversations c left join contacts k on k.id = c.contact_id and k.account_id = c.account_id
          left join inboxes i on i.id = c.inbox_id
        where c.account_id = $1 and c.id > $2 order by c.id limit $3`,
        [account, after, CONVERSATIONS],
      );
      return makePage(rows, CONVERSATIONS, readConversation);
    },
    messages: async (conversations, after) => {
      const byKey = new Map(conversations.map((one) => [one.key, one]));
      const rows = await ask(
        `select to_jsonb(m) - 'sentiment' - 'processed_message_content' || jsonb_build_object('files', ${FILES}) as row
        from messages m where account_id = $1 and conversation_id = any ($2::bigint[]) and id > $3 order by id limit $4`,
        [account, [...byKey.keys()], after, MESSAGES],
      );
      return makePage(rows, MESSAGES, (row) => {
        const conversation = byKey.get(Number(row.conversation_id));
        return conversation === undefined ? null : readMessage(row, conversation);
      });
    },
  };
}
