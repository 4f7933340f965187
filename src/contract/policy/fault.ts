// What is wrong with a policy, or legal and useless in it: where, what, and what to do.
import { type Static, Type } from 'typebox';

export const PolicyFault = Type.Object({
  path: Type.String({
    description: 'Where, as a JSON Pointer (RFC 6901): /plans/0/steps/1/after. Empty: the whole.',
  }),
  code: Type.String({ description: 'Stable, as noun.reason.' }),
  detail: Type.String({ description: 'What is wrong, as one sentence.' }),
  remedy: Type.String({ description: 'What to do, as one sentence.' }),
  values: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
      description:
        'The names and numbers in the sentences, for whoever words them in another language.',
    }),
  ),
});
/** Of rules, plans and calendars alike; a warning has the same shape. */
export type PolicyFault = Static<typeof PolicyFault>;
