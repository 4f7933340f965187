// What a signed-in browser and we tell each other about pushes (RFC 8030, RFC 8291).
import { type Static, Type } from 'typebox';
import { Nullable } from './shapes.ts';

/** Devices of one person that are pushed to; the oldest makes room. */
export const MOST_PUSH_DEVICES = 10;
export const PushSubscription = Type.Object(
  {
    endpoint: Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'The address of the browser’s push service, over https.',
    }),
    keys: Type.Object(
      {
        p256dh: Type.String({
          pattern: '^[A-Za-z0-9_-]{87}$',
          description: 'The browser’s public key: an uncompressed point of P-256, as base64url.',
        }),
        auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', description: '16 bytes.' }),
      },
      { additionalProperties: false },
    ),
    sleeps: Type.Boolean({
      description: 'It is a phone, whose pages stand still while it sleeps.',
    }),
    language: Type.String({
      pattern: '^[a-z]{2}(-[A-Z]{2})?$',
      description: 'In which its notifications are written, as pt-BR.',
    }),
  },
  { additionalProperties: false },
);
export type PushSubscription = Static<typeof PushSubscription>;

export const PushState = Type.Object({
  publicKey: Type.String({
    description: 'The installation’s VAPID key (RFC 8292), as `applicationServerKey`.',
  }),
  endpoint: Nullable(
    Type.String({ description: 'Where this session is pushed to; null: nowhere.' }),
  ),
  devices: Type.Integer({ description: 'Of this person, with this one.' }),
  mentions: Type.Boolean({
    description: 'Notes that name the person are pushed; PATCH /api/v1/session changes it.',
  }),
});
export type PushState = Static<typeof PushState>;

export const PushAcknowledgement = Type.Object(
  {
    token: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'The one that came with the push; it counts once.',
    }),
  },
  { additionalProperties: false },
);

export const Visible = Type.Object(
  { visible: Type.Boolean({ description: 'A tab of this session is looked at.' }) },
  { additionalProperties: false },
);
