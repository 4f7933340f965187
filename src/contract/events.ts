// Every event that leaves Usher: when it happens and what it carries.
import { type Static, Type } from 'typebox';
import { actionNames } from './action-names.ts';
import { conversationStates } from './conversation-states.ts';
import { type EventType, eventTypes } from './event-types.ts';
import { authorKinds, messageKinds } from './said-by.ts';
import { Id, Nullable } from './shapes.ts';
import { StatusCause } from './statuses.ts';
import { STORABLE } from './storable.ts';
import { TargetKind } from './targets.ts';

const Time = Type.String({ format: 'date-time', description: 'UTC, with milliseconds.' });
const By = Type.String({
  description:
    'Who did it: `router`, `remote` (the outside system), `system`, `automation:` and its id, or a token’s name.',
});

const Note = Nullable(Type.String({ description: 'For whoever gets it; null: none.' }));

/** One question of the form that an agent fills in at the end (Gitple's session meta). */
export const CloseMetaItem = Type.Union([
  Type.Object(
    {
      type: Type.Enum(['input', 'textarea']),
      name: Type.String({ minLength: 1, maxLength: 100, pattern: STORABLE }),
      value: Nullable(Type.String({ maxLength: 4000, pattern: STORABLE })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      type: Type.Literal('select'),
      name: Type.String({ minLength: 1, maxLength: 100, pattern: STORABLE }),
      value: Nullable(
        Type.Array(
          Type.Object(
            {
              name: Type.String({ maxLength: 255, pattern: STORABLE }),
              value: Type.String({ maxLength: 255, pattern: STORABLE }),
            },
            { additionalProperties: false },
          ),
          { maxItems: 20, description: 'One for each depth, in order.' },
        ),
      ),
    },
    { additionalProperties: false },
  ),
]);
export type CloseMetaItem = Static<typeof CloseMetaItem>;

/** A file that goes with a message: ours by id, or an address elsewhere. */
export const MessageAttachment = Type.Object({
  type: Type.String({ description: 'A MIME type, or a family of them: image, audio, geo.' }),
  url: Type.String(),
  name: Type.Optional(Type.String()),
  size: Type.Optional(Type.Integer({ description: 'In bytes.' })),
  id: Type.Optional(Id),
});
export type MessageAttachment = Static<typeof MessageAttachment>;

/** The conversation as it was when the event had happened. */
export const EventConversation = Type.Object({
  id: Id,
  channelId: Id,
  externalId: Type.String({ description: 'The outside system’s name for it.' }),
  contactId: Id,
  contactGroups: Type.Array(Type.String()),
  state: Type.Enum([...conversationStates]),
  priority: Type.Enum(['low', 'normal', 'high', 'urgent']),
  teamId: Nullable(Id),
  agentId: Nullable(Id),
  queuedAt: Time,
  assignedAt: Nullable(Time),
  closedAt: Nullable(Time),
  closeReason: Nullable(Type.String()),
  closeNote: Nullable(Type.String()),
  tags: Type.Array(Type.String()),
  categories: Type.Array(Type.String()),
  closeMeta: Type.Array(CloseMetaItem),
});

const SilenceNews = (dueAt: string) => ({
  agentId: Nullable(Id),
  plan: Type.String(),
  since: Time,
  dueAt: Nullable(Type.String({ format: 'date-time', description: dueAt })),
});

/** Exactly one of the two ids is there. */
const Automated = {
  automationId: Nullable(Id),
  macroId: Nullable(Id),
  name: Type.String({ description: 'What the automation or macro was called then.' }),
  event: Nullable(
    Type.String({ description: 'The type of the event that started it; null: a person did.' }),
  ),
  by: By,
};

const TargetNews = {
  target: TargetKind,
  since: Time,
  dueAt: Time,
  plan: Type.String(),
  agentId: Nullable(Id),
};

/** By type: what `data` holds, and when the event happens. */
export const eventData = {
  'conversation.opened': Type.Object(
    { channelId: Id, externalId: Type.String(), contactId: Id, priority: Type.String() },
    { description: 'A customer wants to talk; the conversation waits.' },
  ),
  'conversation.assigned': Type.Object(
    {
      agentId: Id,
      assignmentId: Id,
      by: By,
      forced: Type.Boolean({ description: 'A supervisor exceeded the capacity on purpose.' }),
    },
    { description: 'An agent has it: at first, after a transfer, after a return to the queue.' },
  ),
  'conversation.assignment-confirmed': Type.Object(
    { agentId: Id, assignmentId: Id },
    { description: 'The outside system, or the agent to whom it was offered, has accepted.' },
  ),
  'conversation.offered': Type.Object(
    { agentId: Id, assignmentId: Id, until: Time },
    { description: 'The agent is asked to accept it until then; follows the assignment.' },
  ),
  'conversation.accepted': Type.Object(
    { agentId: Id, assignmentId: Id, byAnswering: Type.Boolean() },
    { description: 'The agent took what was offered; follows the confirmation.' },
  ),
  'conversation.declined': Type.Object(
    { agentId: Id, assignmentId: Id, reason: Nullable(Type.String()) },
    { description: 'The agent did not want what was offered; it waits again, for somebody else.' },
  ),
  'conversation.missed': Type.Object(
    {
      agentId: Id,
      assignmentId: Id,
      inARow: Type.Integer({ description: 'Offers that the agent has missed one after another.' }),
    },
    { description: 'The time to accept was over; it waits again, for somebody else.' },
  ),
  'conversation.requeued': Type.Object(
    {
      agentId: Nullable(Id),
      reason: Type.String(),
      skillIds: Type.Optional(Type.Array(Id, { description: 'The skills that it needs now.' })),
      by: By,
    },
    { description: 'It waits again, at its old rank.' },
  ),
  'conversation.handed-over': Type.Object(
    {
      toChannelId: Id,
      departmentId: Type.String(),
      department: Nullable(Type.String({ description: 'Its name, where that is known.' })),
    },
    { description: 'A department of a mirror chooses the agent by its own routing.' },
  ),
  'conversation.left-by-bot': Type.Object(
    {
      agentId: Nullable(Id),
      reason: Type.String({
        description:
          'The bot’s own code, or why the house took it: asked-for-person, bot-failed, bot-silent, bot-flooded, bot-looped, bot-off.',
      }),
      text: Nullable(Type.String()),
      fields: Type.Record(Type.String(), Type.Unknown(), {
        description: 'What the bot has found out; it is in the conversation’s meta from now on.',
      }),
      toPlan: Type.Optional(Type.String()),
      toTeamId: Type.Optional(Id),
      skillIds: Type.Optional(Type.Array(Id)),
      by: By,
    },
    { description: 'A bot had it, and a person is next: it waits at its old rank.' },
  ),
  'conversation.transferred': Type.Object(
    {
      from: Nullable(Id),
      toAgentId: Type.Optional(Id),
      toTeamId: Type.Optional(Id),
      toPlan: Type.Optional(Type.String({ description: 'The plan that a person chose.' })),
      skillIds: Type.Optional(Type.Array(Id, { description: 'The skills that it needs now.' })),
      by: By,
      reason: Type.Optional(
        Type.Enum(['balance', 'balance-undone'], {
          description: 'balance: to even out the load, with others. Absent: somebody chose it.',
        }),
      ),
      balanceId: Type.Optional(
        Type.String({ format: 'uuid', description: 'Of the re-balance that moved it.' }),
      ),
      agentId: Type.Optional(Nullable(Id)),
      note: Note,
    },
    { description: 'Somebody sent it on; the assignment that follows is an event of its own.' },
  ),
  'conversation.taken-over': Type.Object(
    { from: Nullable(Id), toAgentId: Id, by: By, note: Note },
    {
      description:
        'An agent took a colleague’s conversation; the assignment that follows is an event of its own.',
    },
  ),
  'conversation.parked': Type.Object(
    {
      agentId: Id,
      until: Nullable(
        Type.String({ format: 'date-time', description: 'null: until the contact writes.' }),
      ),
      by: By,
    },
    {
      description:
        'It is set aside, keeps its agent and takes none of their capacity. The contact brings it back by writing.',
    },
  ),
  'conversation.returned': Type.Object(
    {
      agentId: Type.String({ format: 'uuid', description: 'Who has parked it, or had it parked.' }),
      cause: Type.Enum(['time', 'contact', 'hand', 'agent-gone'], {
        description:
          'time: its time had come. contact: the contact wrote. hand: somebody brought it back. agent-gone: its agent was removed.',
      }),
      by: By,
      since: Time,
      until: Nullable(Time),
    },
    {
      description:
        'It is parked no more and waits at its old rank, first for its agent; the assignment that follows is an event of its own.',
    },
  ),
  'conversation.given-back': Type.Object(
    { from: Nullable(Id), toAgentId: Id, by: By, note: Note },
    {
      description:
        'Whoever was handed it gave it back to who handed it over; the assignment that follows is an event of its own.',
    },
  ),
  'conversation.consult-requested': Type.Object(
    { agentId: Id, note: Note, by: By },
    { description: 'A colleague was asked to read along and to write notes.' },
  ),
  'conversation.consult-ended': Type.Object(
    {
      agentId: Id,
      reason: Type.Enum(['thanked', 'left', 'given'], {
        description:
          'thanked: by whoever has the conversation, or a supervisor. left: by the colleague. given: the colleague has the conversation now.',
      }),
      by: By,
    },
    {
      description:
        'The colleague is asked no more. The end of the conversation ends all, without an event for each.',
    },
  ),
  'conversation.whispered': Type.Object(
    {
      toAgentId: Id,
      messageId: Id,
      messageSeq: Type.Integer({ description: 'Numbers the messages of the conversation.' }),
      by: By,
    },
    {
      description:
        'A supervisor wrote to whoever has it. Its text never leaves Usher: there is no `message.created` for it.',
    },
  ),
  'conversation.closed': Type.Object(
    {
      agentId: Nullable(Id),
      reason: Nullable(Type.String()),
      note: Nullable(Type.String()),
      by: Nullable(By),
    },
    { description: 'It is over. The same customer’s next one is another conversation.' },
  ),
  'conversation.rated': Type.Object(
    {
      score: Type.Integer({ minimum: 1, maximum: 5 }),
      comment: Nullable(Type.String()),
    },
    { description: 'The visitor says how it was; a later one replaces it.' },
  ),
  'conversation.transcript-requested': Type.Object(
    { email: Type.String() },
    {
      description:
        'The visitor wants it by mail, and it is yours to send. While no endpoint that is switched on is bound to this event, there is none: Usher mails the transcript itself where SMTP_URL is set; otherwise the chat offers a file.',
    },
  ),
  'conversation.reopened': Type.Object(
    { agentId: Nullable(Id), by: By },
    { description: 'Its end was taken back; an assignment that follows is an event of its own.' },
  ),
  'conversation.updated': Type.Object(
    { tags: Type.Array(Type.String()), priority: Type.String(), by: By },
    { description: 'Somebody changed its tags or its priority.' },
  ),
  'conversation.due-soon': Type.Object(TargetNews, {
    description: 'A target of its plan is near. Once for each target.',
  }),
  'conversation.overdue': Type.Object(TargetNews, {
    description: 'A target of its plan was missed. Once for each target.',
  }),
  'conversation.unanswered': Type.Object(SilenceNews('When it goes back to the queue.'), {
    description: 'The contact has waited for the agent’s answer for too long. Once for each wait.',
  }),
  'conversation.reminded': Type.Object(SilenceNews('When it ends; null: it does not.'), {
    description:
      'The contact has not written after the agent’s last message for too long. Once for each such message; the words of the plan, if it has any, are said just before.',
  }),
  'conversation.automated': Type.Object(
    { ...Automated, actions: Type.Array(Type.Enum([...actionNames])) },
    { description: 'An automation or a macro has acted on it; follows what it did.' },
  ),
  'message.created': Type.Object(
    {
      messageId: Id,
      messageSeq: Type.Integer({ description: 'Numbers the messages of the conversation.' }),
      kind: Type.Enum([...messageKinds], { description: 'note: seen by agents only.' }),
      authorKind: Type.Enum([...authorKinds]),
      authorId: Nullable(Type.String()),
      text: Type.String(),
      attachments: Type.Array(MessageAttachment),
      late: Type.Boolean({ description: 'Came after the end of the conversation.' }),
    },
    { description: 'Something was said or noted.' },
  ),
  'agent.availability-changed': Type.Object(
    {
      availability: Type.Enum(['online', 'away', 'offline']),
    },
    { description: 'An agent came, went away or left.' },
  ),
  'agent.status-changed': Type.Object(
    {
      availability: Type.Enum(['online', 'away', 'offline']),
      statusId: Nullable(Id),
      status: Nullable(Type.String({ description: 'Its name then; null: no status of the list.' })),
      cause: StatusCause,
      by: Nullable(By),
      reason: Nullable(Type.String()),
      since: Type.String({
        format: 'date-time',
        description: 'When it became true. A lease that ran out is told of a moment later.',
      }),
    },
    {
      description:
        'An agent came, went, left, or is away for another reason; of the first three `agent.availability-changed` tells too.',
    },
  ),
  'external-message.sent': Type.Object(
    {
      from: Type.Object({ id: Type.String(), name: Nullable(Type.String()) }),
      text: Type.String({ maxLength: 10_000 }),
    },
    { description: 'An agent sends a contact a message by way of the company’s own system.' },
  ),
  'automation.called': Type.Object(Automated, {
    description:
      'An automation or a macro calls the endpoint that it names, and no other; about the conversation.',
  }),
  'automation.disabled': Type.Object(
    {
      name: Type.String(),
      reason: Type.Literal('failing'),
      failures: Type.Integer({ description: 'Refusals since it last did what it says.' }),
      lastRefusal: Type.String({ description: 'Why the last one was refused: a code.' }),
    },
    { description: 'An automation was switched off by Usher: ten times in a row it was refused.' },
  ),
  'endpoint.disabled': Type.Object(
    {
      url: Type.String(),
      reason: Type.Enum(['gone', 'failing'], {
        description: 'gone: it answered 410. failing: no success for five days.',
      }),
      failures: Type.Integer({ description: 'Attempts since the last success.' }),
    },
    { description: 'An endpoint was switched off by Usher; its events are held for 30 days.' },
  ),
} as const satisfies Record<EventType, Type.TObject>;

/** The body of Usher's own types. */
export const EventBody = Type.Object({
  id: Type.String({
    description: 'Unique per event; the same on every attempt: the `webhook-id`.',
  }),
  type: Type.Enum([...eventTypes]),
  at: Time,
  workspaceId: Id,
  subjectId: Type.String({
    description: 'The conversation, agent, contact or endpoint that it is about.',
  }),
  seq: Type.Integer({ description: 'Counts the events of the subject from 1.' }),
  conversation: Type.Optional(EventConversation),
  contact: Type.Optional(
    Type.Object(
      { externalId: Type.String(), name: Nullable(Type.String()), lang: Nullable(Type.String()) },
      { description: 'Only for a bot that is given a conversation.' },
    ),
  ),
  history: Type.Optional(
    Type.Array(
      Type.Object({
        seq: Type.Integer(),
        authorKind: Type.String(),
        text: Type.String({ description: 'Its first 2,000 characters.' }),
        attachments: Type.Array(MessageAttachment),
      }),
      {
        description:
          'Only for a bot that is given a conversation: the last 50 messages before that, oldest first.',
      },
    ),
  ),
  data: Type.Record(Type.String(), Type.Unknown(), { description: 'What happened: by type.' }),
});
export type EventBody = Static<typeof EventBody>;
