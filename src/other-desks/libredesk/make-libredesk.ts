// Reads a libredesk from its database. It only reads, and only what readers know what to do with.
import type { ClientBase } from 'pg';
import type { SourceDesk } from '../../contract/source-desk.ts';
import { readNumber, readText } from '../foreign.ts';
import { type Ask, makeAsk, makePage } from '../read-page.ts';
import {
  readContact,
  readConversation,
  readMacro,
  readMessage,
  readPerson,
} from './read-libredesk.ts';

const CONTACTS = 500;
const CONVERSATIONS = 200;
const MESSAGES = 2000;
const GREY = '#868e96';

export function makeLibredesk(client: ClientBase): SourceDesk {
  const ask = makeAsk(client);
  return { name: 'libredesk', ...lists(ask), ...pages(ask) };
}

function lists(ask: Ask) {
  return {
    people: async () =>
      (
        await ask(
          `select to_jsonb(u) - 'password' - 'api_secret' || jsonb_build_object('roles',
            (select coalesce(jsonb_agg(r.name), '[]') from user_roles x join roles r on r.id = x.role_id where x.user_id = u.id)) as row
          from users u where type = 'agent' and deleted_at is null and enabled and email is distinct from 'System' order by id`,
        )
      ).flatMap((row) => readPerson(row) ?? []),
    teams: async () =>
      (
        await ask(
          `select to_jsonb(t) || jsonb_build_object('members',
            (select coalesce(jsonb_agg(m.user_id order by m.user_id), '[]') from team_members m where m.team_id = t.id)) as row
          from teams t order by id`,
        )
      ).flatMap((row) => {
        const [key, name] = [readNumber(row.id), readText(row.name)];
        const memberKeys = Array.isArray(row.members) ? (row.members as number[]) : [];
        return key === null || name === null ? [] : [{ key, name, memberKeys }];
      }),
    tags: async () =>
      (await ask('select to_jsonb(t) as row from tags t order by id')).flatMap((row) => {
        const name = readText(row.name, 100);
        return name === null ? [] : [{ name, colour: GREY }];
      }),
    replies: async () =>
      (await ask('select to_jsonb(m) as row from macros m order by id')).flatMap(
        (row) => readMacro(row) ?? [],
      ),
  };
}

const FILES = `(select coalesce(jsonb_agg(jsonb_build_object('filename', f.filename, 'content_type', f.content_type, 'size', f.size)
    order by f.id), '[]') from media f where f.model_type = 'messages' and f.model_id = m.id)`;

function pages(ask: Ask): Pick<SourceDesk, 'contacts' | 'conversations' | 'messages'> {
  return {
    contacts: async (after) => {
      const rows = await ask(
        `select to_jsonb(u) - 'password' - 'api_secret' as row from users u
        where type::text in ('contact', 'visitor') and id > $1 order by id limit $2`,
        [after, CONTACTS],
      );
      return makePage(rows, CONTACTS, readContact);
    },
    conversations: async (after) => {
      const rows = await ask(
        `select to_jsonb(c) - 'last_message' - 'last_interaction' || jsonb_build_object(
          'contact', (select to_jsonb(u) - 'password' - 'api_secret' from users u where u.id = c.contact_id),
          'status', s.name, 'category', to_jsonb(s) ->> 'category', 'priority', p.name, 'inbox', i.name,
          'tags', (select coalesce(jsonb_agg(t.name order by t.name), '[]') from conversation_tags x join tags t on t.id = x.tag_id
            where x.conversation_id = c.id),
          'newest_message_at', (select max(m.created_at) from conversation_messages m where m.conversation_id = c.id),
          'rating', (select to_jsonb(r) from csat_responses r where r.conversation_id = c.id and r.rating > 0 order by r.id desc limit 1)) as row
        from conversations c left join conversation_statuses s on s.id = c.status_id
          left join conversation_priorities p on p.id = c.priority_id left join inboxes i on i.id = c.inbox_id
        where c.id > $1 order by c.id limit $2`,
        [after, CONVERSATIONS],
      );
      return makePage(rows, CONVERSATIONS, readConversation);
    },
    messages: async (conversations, after) => {
      const byKey = new Map(conversations.map((one) => [one.key, one]));
      const rows = await ask(
        `select to_jsonb(m) || jsonb_build_object('files', ${FILES}, 'sender_email', u.email, 'sender_user_type', u.type) as row
        from conversation_messages m left join users u on u.id = m.sender_id
        where conversation_id = any ($1::bigint[]) and m.id > $2 order by m.id limit $3`,
        [[...byKey.keys()], after, MESSAGES],
      );
      return makePage(rows, MESSAGES, (row) => {
        const conversation = byKey.get(Number(row.conversation_id));
        return conversation === undefined ? null : readMessage(row, conversation);
      });
    },
  };
}
