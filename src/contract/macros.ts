// Macros: actions that an agent makes follow one another in one stroke.
import { type Static, Type } from 'typebox';
import { ActionResult, Actions } from './actions.ts';
import { PolicyFault } from './policy/fault.ts';
import { Id, Name, Nullable } from './shapes.ts';

/** Of a workspace. */
export const MAX_MACROS = 200;

const teamId = Type.Optional(
  Nullable(Type.String({ format: 'uuid', description: 'null: everybody’s; else of its agents.' })),
);

export const MacroCreation = Type.Object(
  { name: Name, teamId, actions: Actions },
  { additionalProperties: false },
);
export type MacroCreation = Static<typeof MacroCreation>;

export const MacroUpdate = Type.Object(
  { name: Type.Optional(Name), teamId, actions: Type.Optional(Actions) },
  { additionalProperties: false, minProperties: 1 },
);
export type MacroUpdate = Static<typeof MacroUpdate>;

export const Macro = Type.Object({
  id: Id,
  name: Name,
  teamId: Nullable(Id),
  actions: Actions,
  faults: Type.Array(PolicyFault, { description: 'What it names and is no longer there.' }),
});
export type Macro = Static<typeof Macro>;

export const MacroUsed = Type.Object({ actions: Type.Array(ActionResult) });
export type MacroUsed = Static<typeof MacroUsed>;
