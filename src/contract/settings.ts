// What a workspace may set for itself.
import { type Static, Type } from 'typebox';
import { Limits, Role, Seconds } from './agents.ts';
import { Branding } from './people.ts';
import { Nullable, Text } from './shapes.ts';

export const CloseFormField = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_.-]+$' }),
    label: Text(200, 1),
    type: Type.Enum(['text', 'textarea', 'select', 'number', 'checkbox']),
    options: Type.Optional(Type.Array(Text(200, 1), { minItems: 1, maxItems: 200 })),
    required: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type CloseFormField = Static<typeof CloseFormField>;

export const AgentsSee = Type.Enum(['everything', 'own-and-teams'], {
  description:
    'own-and-teams: an agent sees the conversations that the agent has or had last, those of the agent’s teams, and those that wait for no team and for skills that the agent has. Supervisors and admins see everything.',
});
export type AgentsSee = Static<typeof AgentsSee>;

const fields = {
  agentsSee: AgentsSee,
  defaultCapacity: Type.Integer({ minimum: 1, maximum: 1000 }),
  defaultLimits: Limits('Of every agent without limits of their own.'),
  defaultPace: Seconds('Of every agent without a pace of their own; 0: none.'),
  defaultWrapUp: Seconds('Of every agent without a time of their own; 0: none.'),
  closeForm: Type.Array(CloseFormField, {
    maxItems: 50,
    description: 'What agents fill in when they close a conversation.',
  }),
  statisticsBaseEndpoint: Nullable(
    Type.String({
      maxLength: 2048,
      description: 'The company’s statistics of a customer, without /chimpassist.',
    }),
  ),
  statisticsTimeZone: Type.String({ maxLength: 64, description: 'IANA, as Asia/Jakarta.' }),
  statisticsStyle: Type.Enum(['default', 'customer'], {
    description: 'customer: the later addresses, /chimpassist/customer/{id}/statistics.',
  }),
  onlySingleSignOn: Type.Boolean({
    description:
      'People sign in by the identity provider alone: passwords, the company’s own check and invitations let nobody in. An operator takes it back with `npm run usher -- sign-in passwords on`.',
  }),
  secondFactorRoles: Type.Array(Role, {
    uniqueItems: true,
    description: 'Whoever signs in by password with one of these roles needs a second factor.',
  }),
  auditRetentionDays: Nullable(
    Type.Integer({
      minimum: 30,
      maximum: 36_500,
      description: 'Entries of the audit that are older are deleted; null: none is.',
    }),
  ),
  assistance: Type.Boolean({
    description:
      'Agents may ask the language model of AI_BASE_URL for drafts, summaries and translations. Until it is set: true in the default workspace, false in others.',
  }),
  assistanceMasks: Type.Boolean({
    description:
      'E-mail addresses, phone and card numbers are masked before text goes to the model.',
  }),
  assistanceNotes: Type.Boolean({
    description: 'Internal notes go to the model too; what is whispered never does.',
  }),
  assistanceReplies: Type.Boolean({
    description: 'Canned replies go to the model when it drafts an answer.',
  }),
  asleepAnswerSeconds: Nullable(
    Type.Integer({
      minimum: 5,
      maximum: 600,
      description:
        'Within how many seconds a phone that sleeps must acknowledge a push; otherwise it counts no longer than until then. null: phones that sleep count for `asleepSeconds` of the policy, whether they answer or not.',
    }),
  ),
  pushTexts: Type.Boolean({
    description: 'Pushes carry the first words of what the contact wrote, and not the name alone.',
  }),
  retentionDays: Nullable(
    Type.Integer({
      minimum: 1,
      maximum: 36_500,
      description: 'Conversations that ended longer ago are deleted; null: none is.',
    }),
  ),
};

export const WorkspaceSettings = Type.Object({ ...fields, branding: Branding });
export type WorkspaceSettings = Static<typeof WorkspaceSettings>;

export const SettingsUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(fields)).properties,
    branding: Type.Optional(
      Type.Object(Type.Partial(Branding).properties, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
export type SettingsUpdate = Static<typeof SettingsUpdate>;
