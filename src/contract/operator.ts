// What an operator sees and does: whole workspaces, and the key of the stored secrets.
import { type Static, Type } from 'typebox';
import { Id, Name, Nullable, Time } from './shapes.ts';

const Slug = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[a-z0-9](-?[a-z0-9])*$',
  description: 'The word by which people name it when they sign in.',
});
const Admin = Type.Object(
  { email: Type.String({ format: 'email', maxLength: 255 }), name: Name },
  { additionalProperties: false },
);

export const Workspace = Type.Object({
  id: Id,
  slug: Type.String(),
  name: Type.String(),
  createdAt: Time,
  removedAt: Nullable(Time),
  agents: Type.Integer(),
  openConversations: Type.Integer(),
  signInUrl: Type.String(),
});
export type Workspace = Static<typeof Workspace>;

export const WorkspaceCreation = Type.Object(
  { name: Name, slug: Type.Optional(Slug), admin: Admin },
  { additionalProperties: false },
);
export const WorkspaceUpdate = Type.Object(
  { name: Type.Optional(Name), slug: Type.Optional(Slug) },
  { additionalProperties: false, minProperties: 1 },
);
export const AdminInvitation = Admin;
export const WorkspaceMade = Type.Object({
  workspace: Workspace,
  inviteUrl: Type.String({ description: 'For its first admin: valid for seven days, once.' }),
});

export const SecretFigures = Type.Object({
  keyId: Nullable(Type.String({ description: 'Of USHER_SECRET_KEY; null: it is not set.' })),
  sealed: Type.Integer({ description: 'Sealed with that key.' }),
  old: Type.Integer({ description: 'Sealed with a key of USHER_SECRET_KEY_OLD.' }),
  plain: Type.Integer(),
});
export const Rotation = Type.Object({ resealed: Type.Integer(), secrets: SecretFigures });
