// The people who sign in: their sessions, invitations and roles, as the API takes and gives them.
import { type Static, Type } from 'typebox';
import { Capacity, Role } from './agents.ts';
import { Id, Nullable, Text, Time } from './shapes.ts';

const PersonName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\u0000\\ud800-\\udfff]*[^\\s\\u0000\\ud800-\\udfff][^\\u0000\\ud800-\\udfff]*$',
});
const Email = Type.String({ format: 'email', maxLength: 255 });
/** What somebody types to sign in may be anything; it is compared, not stored. */
const TypedPassword = Text(256, 1);
export const NewPassword = Type.String({
  minLength: 8,
  maxLength: 256,
  description: '8 to 256 characters; any of them.',
});
const Locale = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$',
  description: 'The language of the screens, as BCP 47 has it: pt-BR.',
});

/** An address, or a path of our own origin. */
const Picture = Type.String({
  maxLength: 2048,
  pattern: '^(https?://[^\\s/]|/(?![/\\\\]))\\S*$',
});

export const Branding = Type.Object(
  {
    pageTitle: Text(100, 1),
    loginTitle: Nullable(Text(100, 1)),
    logoUrl: Nullable(Picture),
    favIconUrl: Nullable(Picture),
    language: Nullable(
      Type.Enum(['en', 'ar', 'id', 'ko', 'pt-BR'], {
        description: 'Of the screens, whatever their reader would choose; null: as they choose.',
      }),
    ),
    onlineLabel: Nullable(Text(60, 1)),
    offlineLabel: Nullable(Text(60, 1)),
  },
  { additionalProperties: false },
);
export type Branding = Static<typeof Branding>;

const WorkspaceName = Type.Optional(
  Type.String({
    maxLength: 60,
    pattern: '^[a-z0-9-]+$',
    description: 'The workspace’s word, as its sign-in address has it; without it the default one.',
  }),
);
export const WorkspaceNamed = Type.Object({ workspace: WorkspaceName });

export const SignInPage = Type.Object({
  firstRun: Type.Boolean({
    description: 'Nobody can sign in yet: the first admin is to be set up.',
  }),
  password: Type.Boolean({ description: 'false: by the identity provider only.' }),
  oidc: Nullable(Type.Object({ name: Type.String() })),
  reset: Type.Boolean({
    description: 'Whoever has forgotten the password can have a link mailed.',
  }),
  branding: Branding,
});

export type SignInPage = Static<typeof SignInPage>;

export const SignIn = Type.Object(
  { email: Text(255, 1), password: TypedPassword, workspace: WorkspaceName },
  { additionalProperties: false },
);
export const FirstRun = Type.Object(
  { code: Text(100, 1), name: PersonName, email: Email, password: NewPassword },
  { additionalProperties: false },
);

export const Session = Type.Object({
  user: Type.Object({
    id: Id,
    name: Type.String(),
    email: Type.String(),
    role: Role,
    agentId: Id,
    avatarUrl: Nullable(Type.String()),
    locale: Nullable(Type.String()),
  }),
  workspace: Type.Object({ id: Id, name: Type.String() }),
  can: Type.Array(Type.String(), { description: 'What the role may do, as action names.' }),
});
export type Session = Static<typeof Session>;

export const SecondFactorStep = Type.Object({
  secondFactor: Type.Enum(['code', 'enrol'], {
    description:
      'code: show one. enrol: the role needs a second factor; set one up. Either within 15 minutes.',
  }),
});

const Code = Type.Object(
  {
    code: Type.String({
      minLength: 6,
      maxLength: 40,
      description: 'Of the authenticator app, or a recovery code.',
    }),
  },
  { additionalProperties: false },
);
export const SecondFactorCode = Code;
export const SecondFactor = Type.Object({
  since: Nullable(Time),
  recoveryCodesLeft: Type.Integer(),
  required: Type.Boolean({ description: 'By the setting secondFactorRoles.' }),
});
export const SecondFactorSetup = Type.Object({
  secret: Type.String({ description: 'Base32, to be typed where no picture can be taken.' }),
  uri: Type.String({ description: 'otpauth://…, for a QR code.' }),
});
export const RecoveryCodes = Type.Object({
  recoveryCodes: Type.Array(Type.String(), { description: 'Each is good once; shown only here.' }),
});

export const Proof = Type.Union([
  Type.Object({ password: TypedPassword }, { additionalProperties: false }),
  Code,
]);
export const ProofState = Type.Object({
  provedUntil: Nullable(Time),
  ways: Type.Array(Type.Enum(['password', 'code', 'oidc']), {
    description: 'oidc: GET /api/v1/session/oidc?proofFor=/path',
  }),
});

export const LoginSession = Type.Object({
  id: Id,
  current: Type.Boolean({ description: 'The one that asks.' }),
  begunBy: Type.Enum(['password', 'company', 'oidc']),
  createdAt: Time,
  seenAt: Time,
  address: Nullable(Type.String()),
  userAgent: Nullable(Type.String()),
});
export const LoginSessions = Type.Object({ items: Type.Array(LoginSession) });

export const OwnAccount = Type.Object(
  {
    name: Type.Optional(PersonName),
    locale: Type.Optional(Nullable(Locale)),
    pushMentions: Type.Optional(
      Type.Boolean({ description: 'Notes that name the person are pushed to their devices.' }),
    ),
    currentPassword: Type.Optional(TypedPassword),
    newPassword: Type.Optional(NewPassword),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const User = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: Role,
  agentId: Id,
  invited: Type.Boolean({ description: 'Has never signed in: the invitation is open, or over.' }),
  lastSignInAt: Nullable(Time),
  secondFactor: Type.Boolean(),
  singleSignOn: Type.Boolean({ description: 'Bound to a person at an identity provider.' }),
});
export type User = Static<typeof User>;

export const UserSessionParams = Type.Object({ id: Id, sessionId: Id });

const person = { name: PersonName, email: Email, role: Role };
export const UserUpdate = Type.Object(Type.Partial(Type.Object(person)).properties, {
  additionalProperties: false,
  minProperties: 1,
});
/** What an invited person begins with. */
const beginning = {
  teamIds: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
  capacity: Type.Optional(Capacity),
};
const ByMail = Type.Optional(
  Type.Boolean({
    description:
      'Whether the link is mailed, where SMTP_URL is set; true without it. It is answered in any case.',
  }),
);
export const UserCreation = Type.Object(
  { ...person, ...beginning, mail: ByMail },
  { additionalProperties: false },
);

const InviteUrl = Type.String({ description: 'Valid for seven days, once; shown only here.' });
const Mailed = Type.Boolean({
  description:
    'The link is on its way by mail. false: there is no mail server, or as many mails as may went out within the hour.',
});
export const InvitedUser = Type.Object({ user: User, inviteUrl: InviteUrl, mailed: Mailed });
export const Invitation = Type.Object({ inviteUrl: InviteUrl, mailed: Mailed });

export const MOST_INVITED = 200;
export const InvitedList = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        { ...person, email: Text(255, 1), name: Text(255), ...beginning },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST_INVITED },
    ),
    mail: ByMail,
  },
  { additionalProperties: false },
);
export const InvitedListOutcome = Type.Object({
  items: Type.Array(
    Type.Object({
      email: Type.String(),
      user: Nullable(User),
      inviteUrl: Nullable(InviteUrl),
      mailed: Mailed,
      problem: Nullable(
        Type.Object(
          { code: Type.String(), detail: Type.String() },
          {
            description: 'Why this person is not invited; the others are.',
          },
        ),
      ),
    }),
    { description: 'One for each person, in the order of the request.' },
  ),
});
export type InvitedListOutcome = Static<typeof InvitedListOutcome>;
export const InviteParams = Type.Object({ code: Text(100, 1) });
export const Invitee = Type.Object({ name: Type.String(), email: Type.String() });
export const InviteAcceptance = Type.Object(
  { password: NewPassword },
  { additionalProperties: false },
);

/** A person whom an identity provider confirms: issuer and subject say who it is, the address only how to write to them. */
export interface VouchedPerson {
  issuer: string;
  subject: string;
  /** null: none that the provider says is the person's. */
  verifiedEmail: string | null;
  name: string | null;
  /** When the provider last asked for their proof; null: it does not say. */
  provedAt: Date | null;
}

/** Who the company's own check says it is. */
export interface KnownPerson {
  email: string;
  name: string;
  /** For somebody who is new here. */
  role: 'supervisor' | 'agent';
  avatarUrl: string | null;
  /** What conversations ask for by this name; null: nothing. */
  skill: string | null;
}
