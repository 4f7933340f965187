// The mail server that carries invitations, resets of passwords, transcripts and alarms.
import { Type } from 'typebox';

export const mail = {
  SMTP_URL: Type.Optional(
    Type.String({
      description:
        'The mail server by which Usher sends: smtp://user:password@mail.example.com:587, or smtps:// where it speaks TLS from the start. Special characters in the user and the password are percent-encoded. Over smtp:// the connection is encrypted where the server offers it; with a user it must be, unless the server is this machine. Without it nothing is mailed, and invitations are links to copy.',
      pattern: '^smtps?://([^\\s/?#@]+@)?[^\\s/?#@]+/?$',
      maxLength: 2048,
    }),
  ),
  MAIL_FROM: Type.Optional(
    Type.String({
      description:
        'The sender of these mails: usher@example.com or Example Support <usher@example.com>.',
      pattern: '^([^<>\\r\\n\\u0000]{1,200} <[^\\s<>@"]+@[^\\s<>@"]+>|[^\\s<>@"]+@[^\\s<>@"]+)$',
      maxLength: 500,
    }),
  ),
  MAIL_MOST_PER_HOUR: Type.Integer({
    description:
      'How many mails a workspace may ask for in an hour; alarms are not counted. Whoever asks for more is told to wait.',
    default: 500,
    minimum: 1,
    maximum: 1_000_000,
  }),
};
