// Why people are away: the workspace's list of statuses, and the causes of changes.
import { type Static, Type } from 'typebox';
import { Id, Name, Nullable, Text } from './shapes.ts';

/** In use at a time. */
export const MOST_STATUSES = 50;
/** With the archived ones, which stay for what was recorded with them. */
export const MOST_KEPT_STATUSES = 200;
export const LONGEST_STATUS_REASON = 200;

/** Why an agent became what they are. The house's own are told apart from what people choose. */
export const statusCauses = [
  'chosen',
  'set',
  'sign-of-life',
  'no-sign-of-life',
  'push-missed',
  'signed-out',
  'missed-offers',
  'elsewhere',
  'created',
  'removed',
  'unknown',
] as const;
export type StatusCause = (typeof statusCauses)[number];

export const StatusCause = Type.Enum([...statusCauses], {
  description:
    'chosen: by the agent. set: by somebody else, who is named. sign-of-life, no-sign-of-life: the agent’s client was heard of, or not for longer than the lease. push-missed: the agent’s phone slept and did not answer a push. signed-out: the lease ended after the person had signed out. missed-offers: the agent did not answer offers. elsewhere: an outside system said so. unknown: from before changes were recorded.',
});

const statusFields = {
  name: Type.String({ ...Name, maxLength: 50 }),
  emoji: Nullable(Type.String({ maxLength: 32, description: 'A single emoji.' })),
  colour: Nullable(Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: '#rrggbb' })),
};

export const Status = Type.Object({
  id: Id,
  ...statusFields,
  archived: Type.Boolean({ description: 'Nobody can choose it any more.' }),
});
export type Status = Static<typeof Status>;

export const StatusCreation = Type.Object(
  { ...Type.Partial(Type.Object(statusFields)).properties, name: statusFields.name },
  { additionalProperties: false },
);

export const StatusUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(statusFields)).properties,
    archived: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const StatusOrder = Type.Object(
  {
    ids: Type.Array(Id, {
      maxItems: MOST_STATUSES,
      uniqueItems: true,
      description: 'All that are in use.',
    }),
  },
  { additionalProperties: false },
);

/** What an agent is shown to be beside the availability. */
export const shownStatus = {
  statusId: Nullable(
    Type.String({ ...Id, description: 'One of the workspace’s list; null: none.' }),
  ),
  statusCause: StatusCause,
  statusBy: Nullable(Type.String({ description: 'Who did it; null: nobody but Usher.' })),
  statusReason: Nullable(Type.String()),
  statusSince: Type.String({
    format: 'date-time',
    description: 'When it became true, which may be before anybody noticed.',
  }),
};

export const StatusReason = Nullable(Text(LONGEST_STATUS_REASON));

const PARTS =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u{e0020}-\u{e007f}]|\ufe0f|\u200d)+$/u;
const SHOWN = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/u;
const KEYCAP = /^[#*0-9]\ufe0f?\u20e3$/;

/** Whether it is one emoji and nothing else. */
export function isEmoji(text: string): boolean {
  if (KEYCAP.test(text)) return true;
  if (!PARTS.test(text) || !SHOWN.test(text)) return false;
  return [...new Intl.Segmenter().segment(text)].length === 1;
}
