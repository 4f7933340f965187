// What automations and macros do with a conversation, one action after the other: all of them or none.
import { type Static, Type } from 'typebox';
import { type ActionName, actionNames, MAX_ACTIONS } from './action-names.ts';
import { PolicyName } from './policy/names.ts';
import { priorities } from './priorities.ts';
import { Id, Named, Text } from './shapes.ts';

const strict = { additionalProperties: false } as const;
const Tags = Type.Array(Text(100, 1), { minItems: 1, maxItems: 20, uniqueItems: true });
const Said = Text(4000, 1);

/** By its name, the shape of each. */
export const actionShapes = {
  'add-tags': Type.Object({ do: Type.Literal('add-tags'), tags: Tags }, strict),
  'remove-tags': Type.Object({ do: Type.Literal('remove-tags'), tags: Tags }, strict),
  'set-priority': Type.Object(
    { do: Type.Literal('set-priority'), priority: Type.Enum([...priorities]) },
    strict,
  ),
  'send-to-plan': Type.Object({ do: Type.Literal('send-to-plan'), plan: PolicyName }, strict),
  'send-to-team': Type.Object({ do: Type.Literal('send-to-team'), teamId: Id }, strict),
  'give-to-agent': Type.Object(
    { do: Type.Literal('give-to-agent'), agentId: Id },
    { ...strict, description: 'Within the capacity of the agent.' },
  ),
  note: Type.Object(
    { do: Type.Literal('note'), text: Said },
    { ...strict, description: 'For colleagues; the contact does not see it.' },
  ),
  message: Type.Object(
    {
      do: Type.Literal('message'),
      texts: Named(35, Text(1000, 1), { minProperties: 1, maxProperties: 30 }),
    },
    {
      ...strict,
      description:
        'To the contact: a text by language (BCP 47), with {{name}}, {{agent}} and {{opensAt}}, as words of a plan.',
    },
  ),
  'call-endpoint': Type.Object(
    { do: Type.Literal('call-endpoint'), endpointId: Id },
    {
      ...strict,
      description:
        'Sends the event automation.called to that endpoint, which must be bound to it; signed, in order and with retries as any event.',
    },
  ),
  close: Type.Object(
    { do: Type.Literal('close'), reason: Type.Optional(Text(100, 1)) },
    { ...strict, description: 'Nothing can follow it.' },
  ),
} as const satisfies Record<ActionName, Type.TObject>;

export const Action = Type.Union([
  actionShapes['add-tags'],
  actionShapes['remove-tags'],
  actionShapes['set-priority'],
  actionShapes['send-to-plan'],
  actionShapes['send-to-team'],
  actionShapes['give-to-agent'],
  actionShapes.note,
  actionShapes.message,
  actionShapes['call-endpoint'],
  actionShapes.close,
]);
export type Action = Static<typeof Action>;

export const Actions = Type.Array(Action, { minItems: 1, maxItems: MAX_ACTIONS });

/** What one of them came to. */
export const ActionResult = Type.Object({
  do: Type.Enum([...actionNames]),
  result: Type.Enum(['done', 'unchanged', 'refused', 'undone'], {
    description:
      'unchanged: it was so already. refused: `reason` says why; the others were undone or not begun.',
  }),
  reason: Type.Optional(Type.String({ description: 'A code, as noun.reason.' })),
});
export type ActionResult = Static<typeof ActionResult>;
