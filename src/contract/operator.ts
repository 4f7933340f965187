// What an operator sees and does: whole workspaces, and the key of the stored secrets.
import { type Static, Type } from 'typebox';
import { Id, Name, Nullable, Time } from './shapes.ts';
import { STORABLE } from './storable.ts';

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

const bound = (most: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, description }));
/** What one workspace may use; what is left out is not bounded. */
export const WorkspaceBounds = Type.Object(
  {
    requestsPerSecond: bound(100_000, 'Over all its doors, at each node.'),
    openConversations: bound(10_000_000, 'A burst may go a little beyond.'),
    storageMegabytes: bound(1_000_000_000, 'Of files.'),
  },
  { additionalProperties: false },
);
export type WorkspaceBounds = Static<typeof WorkspaceBounds>;

export const Workspace = Type.Object({
  id: Id,
  slug: Type.String(),
  name: Type.String(),
  createdAt: Time,
  removedAt: Nullable(Time),
  suspendedAt: Nullable(Time),
  suspendedWhy: Nullable(Type.String()),
  removeAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'When it will be removed, unless it is resumed before.',
    }),
  ),
  bounds: WorkspaceBounds,
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
export const Suspension = Type.Object(
  { why: Type.Optional(Type.String({ minLength: 1, maxLength: 500, pattern: STORABLE })) },
  { additionalProperties: false },
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
