// What is mailed: the kinds, what each carries, and the mails as the API lists them.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

export const languages = ['en', 'ar', 'id', 'ko', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** The language of that tag among those in which Usher writes. */
export function languageOf(tag: string | null | undefined): Language {
  const base = tag?.split('-')[0]?.toLowerCase();
  return languages.find((one) => one.split('-')[0] === base) ?? 'en';
}

export const mailKinds = [
  'invitation',
  'reset',
  'own-reset',
  'transcript',
  'alarm',
  'test',
] as const;
export type MailKind = (typeof mailKinds)[number];

const PREFIX = 'mail:';
/** Of the delivery that carries such a mail. */
export const mailType = (kind: MailKind | 'reset-asked'): string => `${PREFIX}${kind}`;
export const isMail = (type: string): boolean => type.startsWith(PREFIX);

/** What a delivery of a mail keeps until it is sent. Codes are sealed, texts are written when it is sent. */
export interface MailFacts {
  to: string;
  /** null: that of the workspace. */
  language: string | null;
  /** Whom it addresses. */
  name?: string;
  /** Of a link: its code, sealed, and until when it is good. */
  code?: string;
  until?: string;
  conversationId?: string;
  alarm?: AlarmNews;
}

/** An alarm as it is told when it starts and when it ends. */
export interface AlarmNews {
  alarmId: string;
  phase: 'started' | 'ended';
  kind: string;
  /** The endpoint or the channel. */
  objectName: string | null;
  facts: Record<string, number | string>;
  startedAt: string;
  endedAt: string | null;
}

export const MailState = Type.Object({
  from: Nullable(
    Type.String({ description: 'The sender; null: SMTP_URL is not set, nothing is mailed.' }),
  ),
  host: Nullable(Type.String({ description: 'The mail server with its port; for admins.' })),
});

export const Mail = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum([...mailKinds]),
  to: Type.String(),
  state: Type.Enum(['waiting', 'sent', 'failed'], {
    description: 'sent: the mail server has taken it; failed: given up.',
  }),
  attempts: Type.Integer(),
  outcome: Nullable(Type.String({ description: 'Of the last attempt.' })),
  createdAt: Time,
  nextAt: Nullable(Time),
});
export type Mail = Static<typeof Mail>;

export const ResetWish = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 255 }),
    workspace: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z0-9-]+$' })),
  },
  { additionalProperties: false },
);
export const MailQueued = Type.Object({ id: Id });
