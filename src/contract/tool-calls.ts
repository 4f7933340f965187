// A model's use of a tool, as it is recorded.
import { Type } from 'typebox';

export const ToolCall = Type.Object(
  {
    tool: Type.String({
      pattern: '^[a-z][a-z0-9_]{0,63}$',
      description: 'As the server of the tools calls it.',
    }),
    input: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'What the model gives it. The record keeps the first 4,000 characters of it as JSON.',
    }),
  },
  { additionalProperties: false },
);
