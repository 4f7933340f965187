// What a company's own program says of a conversation that it opens.
import { type Static, Type } from 'typebox';
import { cleanJson } from '../../contract/clean-text.ts';
import { Priority } from '../../contract/conversation.ts';
import { Id, Name, Named, Nullable, Text } from '../../contract/shapes.ts';
import type { ChannelWants } from '../../desk/find-wanted.ts';
import type { Opening as DeskOpening } from '../../desk/open-conversation.ts';
import { Refused } from '../../errors.ts';

const MAX_META_BYTES = 16_384;
const Labels = Type.Array(Text(100, 1), { maxItems: 20, uniqueItems: true });

const Language = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$',
  maxLength: 35,
  description: 'As BCP 47 has it: pt-BR.',
});
const AvatarUrl = Type.String({
  ...Text(2048, 1),
  pattern: '^https?://[^\\s\\u0000\\ud800-\\udfff]+$',
});
const Attributes = Named(
  100,
  Type.Union([Text(1000), Type.Number(), Type.Boolean(), Type.Null()]),
  {
    maxProperties: 50,
    description: 'Each replaces the one of its name; others stay. A contact has at most 200.',
  },
);
const ContactTags = Type.Array(Text(100, 1), {
  ...{ maxItems: 20, uniqueItems: true },
  description: 'Added to those that the contact has, up to 100.',
});

const Contact = Type.Object(
  {
    externalId: Type.String({ ...Text(255, 1), description: 'Your own id of the customer.' }),
    name: Type.Optional(Name),
    email: Type.Optional(Text(255)),
    phone: Type.Optional(Text(50)),
    language: Type.Optional(Language),
    avatarUrl: Type.Optional(AvatarUrl),
    attributes: Type.Optional(Attributes),
    tags: Type.Optional(ContactTags),
  },
  { additionalProperties: false },
);

/** What a program may tell of a contact apart from an opening. */
export const ContactFields = Type.Object(
  {
    name: Type.Optional(Nullable(Name)),
    email: Type.Optional(Nullable(Text(255))),
    phone: Type.Optional(Nullable(Text(50))),
    language: Type.Optional(Nullable(Language)),
    avatarUrl: Type.Optional(Nullable(AvatarUrl)),
    attributes: Type.Optional(Attributes),
    tags: Type.Optional(ContactTags),
  },
  { additionalProperties: false },
);

const Attachments = Type.Array(
  Type.Object(
    {
      type: Type.String({ ...Text(255), description: 'Its media type: image/png.' }),
      url: Type.String({
        ...Text(4096, 1),
        pattern: '^https?://[^\\s\\u0000\\ud800-\\udfff]+$',
      }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 10 },
);

const Message = Type.Object(
  { text: Text(10_000), attachments: Type.Optional(Attachments) },
  {
    additionalProperties: false,
    description: 'What the contact says first. A repeat of the opening does not say it again.',
  },
);

export const ContactMessage = Type.Object(
  {
    conversation: Type.String({
      ...Text(64, 1),
      description: 'Your own id of it, as it was opened.',
    }),
    externalId: Type.String({
      ...Text(64, 1),
      description: 'Your own id of the message. A repeat is answered, and says nothing again.',
    }),
    text: Type.Optional(Text(10_000)),
    attachments: Type.Optional(Attachments),
    attachmentIds: Type.Optional(
      Type.Array(Id, {
        ...{ maxItems: 10, uniqueItems: true },
        description: 'Of files that you have uploaded: POST /api/v1/attachments.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const Opening = Type.Object(
  {
    externalId: Type.String({
      ...Text(64, 1),
      description: 'Your own id of it. While it is open, a repeat opens nothing new.',
    }),
    contact: Contact,
    priority: Type.Optional(Priority),
    team: Type.Optional(Type.String({ ...Text(255, 1), description: 'By name or id.' })),
    skills: Type.Optional(
      Type.Array(Text(255, 1), { maxItems: 20, description: 'By name or id.' }),
    ),
    message: Type.Optional(Message),
    tags: Type.Optional(Labels),
    source: Type.Optional(
      Type.String({ ...Text(100, 1), description: 'Where you have it from, as `wa` or `form`.' }),
    ),
    externalChannelId: Type.Optional(
      Type.String({ ...Text(255, 1), description: 'Your own id of the channel that it came by.' }),
    ),
    page: Type.Optional(
      Type.Object(
        {
          ...{ url: Type.Optional(Text(500, 1)), referrer: Type.Optional(Text(500, 1)) },
          title: Type.Optional(Text(500, 1)),
          userAgent: Type.Optional(
            Type.String({ ...Text(300, 1), description: 'As the contact’s browser says it.' }),
          ),
          language: Type.Optional(
            Type.String({
              ...Language,
              description: 'Of the browser: counts where the contact’s own is not known.',
            }),
          ),
        },
        { additionalProperties: false, description: 'The page on which it began.' },
      ),
    ),
    meta: Type.Optional(
      Named(100, Type.Unknown(), {
        maxProperties: 50,
        description: 'Anything else, for rules to look at: at most 16 kB of JSON.',
      }),
    ),
  },
  { additionalProperties: false },
);

export function makeOpening(
  body: Static<typeof Opening>,
  channel: { workspaceId: string; channelId: string; weight: number } & ChannelWants,
): DeskOpening {
  const { workspaceId, ...rest } = channel;
  const { externalId, priority = 'normal', team = null, skills = [], tags = [], message } = body;
  const { contact } = body;
  const { name = null, email = null, phone = null, language = null, attributes = {} } = contact;
  const { avatarUrl = null } = contact;
  return {
    workspaceId,
    channel: { ...rest, remote: false },
    wants: { team, skills },
    ...{ externalId, priority, tags },
    contact: {
      ...{ externalId: contact.externalId, name, email, phone, avatarUrl },
      ...{ language, tags: contact.tags ?? [], attributes },
    },
    externalChannelId: body.externalChannelId ?? null,
    previousSessionId: null,
    meta: readMeta(body),
    ...(message && { message: makeMessage(message) }),
  };
}

function makeMessage({ text, attachments = [] }: Static<typeof Message>) {
  if (text.trim() !== '' || attachments.length > 0) return { text, attachments };
  throw new Refused('request.invalid', 'body.message needs a text or attachments.');
}

/** What rules look at under a name of their own stands where every channel has it. */
function readMeta({ meta = {}, team, source, page }: Static<typeof Opening>) {
  // Cut where it is too deep, before anything writes it out.
  const kept = cleanJson(meta) as Record<string, unknown>;
  if (Buffer.byteLength(JSON.stringify(kept)) > MAX_META_BYTES) {
    throw new Refused('request.invalid', 'body.meta has more than 16 kB as JSON.');
  }
  return {
    ...kept,
    ...(team !== undefined && { department: team }),
    ...(source !== undefined && { source }),
    ...(page !== undefined && { page }),
  };
}
