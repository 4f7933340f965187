// The four Gitple bodies field by field (gitple-events.md §4–§6): for the reference of events, and to hold every body against.
import { Type } from 'typebox';
import type { GitpleType } from '../../contract/event-types.ts';
import { CloseMetaItem } from '../../contract/events.ts';

export type AbsentTimes = 'omit' | 'null';

const strict = { additionalProperties: false };
const Time = (description: string) =>
  Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$',
    description: `${description} UTC, with milliseconds.`,
  });
const Text = (description: string) => Type.String({ description });
const Labels = (description: string) => Type.Array(Type.String(), { description });

const envelope = (type: GitpleType) => ({
  triggerId: Type.String({
    pattern: '^[^.]+$',
    description: 'The same at every endpoint, attempt and replay: the `webhook-id`. Has no dots.',
  }),
  ctime: Time('When the event was made; not before the change that it tells.'),
  appCode: Text('The code of the app: of the channel.'),
  type: Type.Literal(type),
});

const ExternalMessage = Type.Object(
  {
    ...envelope('send_external_message'),
    from: Type.Object({ type: Type.Literal('agent'), id: Text('The agent.') }, strict),
    to: Type.Object(
      {
        type: Type.Literal('user'),
        id: Text('The contact.'),
        identifier: Text(
          'The contact’s id in your service; of a visitor the e-mail address, else a random one that stays.',
        ),
        anonymous: Type.Boolean({ description: 'A visitor who never logged in.' }),
        name: Type.Optional(Text('When it is known.')),
        email: Type.Optional(Text('When it is known.')),
        phone: Type.Optional(Text('When it is known.')),
        lang: Type.Enum(['ko', 'en', 'ja', 'zh', 'vi'], {
          description: 'Every other language is `en`.',
        }),
        groups: Labels('May be empty.'),
        tags: Labels('May be empty.'),
        meta: Type.Record(Type.String(), Type.String(), {
          description: 'Custom attributes. May be empty.',
        }),
      },
      strict,
    ),
    message: Type.Object(
      { type: Type.Literal('text/plain'), content: Text('As it was typed.') },
      strict,
    ),
  },
  strict,
);

type SessionType = Exclude<GitpleType, 'send_external_message'>;

const reasons: Record<SessionType, string[]> = {
  session_state_open: ['user', 'agent'],
  session_state_inprogress: ['auto', 'manual', 'transfer'],
  session_state_close: ['userCancel', 'agent', 'userTimeout', 'agentTimeout', 'bot', 'system'],
};

/** In the order in which the fields are written. */
function sessionOf(type: SessionType, absentTimes: AbsentTimes) {
  const open = type === 'session_state_open';
  const closing = type === 'session_state_close';
  const time = (reached: 'no' | 'yes' | 'perhaps', schema: ReturnType<typeof Time>) => {
    if (reached === 'yes') return schema;
    if (absentTimes === 'omit') return reached === 'no' ? null : Type.Optional(schema);
    return reached === 'no' ? Type.Null() : Type.Union([schema, Type.Null()]);
  };
  const assigned = open ? 'no' : closing ? 'perhaps' : 'yes';
  const about = (what: string) => ({
    description: closing ? `${what} Absent if it was never assigned.` : what,
  });
  const told = <T extends Type.TSchema>(schema: T) => (closing ? Type.Optional(schema) : schema);
  return Type.Object(
    present({
      id: Text('The conversation.'),
      openTime: Time('When it began.'),
      inprogressTime: time(
        assigned,
        Time(closing ? 'The latest assignment, if there was one.' : 'The latest assignment.'),
      ),
      closeTime: time(closing ? 'yes' : 'no', Time('When it ended.')),
      reason: Type.Enum(reasons[type], { description: 'Be ready for others.' }),
      userId: Text('The contact.'),
      userGroups: Labels('May be empty.'),
      assigneeType: open ? null : told(Type.Enum(['agent', 'bot'], about('Who has it.'))),
      assigneeId: open ? null : told(Type.String(about('The agent.'))),
      categories: Labels('May be empty.'),
      tags: Labels('May be empty.'),
      note: closing ? Text('What the agent noted.') : Type.Literal(''),
      meta: closing
        ? Type.Array(CloseMetaItem, { description: 'What the agent filled in. May be empty.' })
        : Type.Array(Type.Never(), { maxItems: 0, description: 'Empty until the close.' }),
    }),
    strict,
  );
}

function present(fields: Record<string, Type.TSchema | null>): Record<string, Type.TSchema> {
  const there = Object.entries(fields).filter(([, schema]) => schema !== null);
  return Object.fromEntries(there) as Record<string, Type.TSchema>;
}

/** The schema of a body; its properties are in the order in which they are written. */
export function gitpleBody(type: GitpleType, absentTimes: AbsentTimes = 'omit') {
  if (type === 'send_external_message') return ExternalMessage;
  return Type.Object({ ...envelope(type), session: sessionOf(type, absentTimes) }, strict);
}
