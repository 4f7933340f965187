// The first admin, and who else says who somebody is.
import { Type } from 'typebox';
import { Text } from './shapes.ts';

export const signIn = {
  USHER_ADMIN_EMAIL: Type.Optional(
    Type.String({
      description:
        'The first admin’s e-mail address, with USHER_ADMIN_PASSWORD; without them the first visit sets the admin up with the one-time code from the log. They have no effect once somebody can sign in.',
      pattern: '^[^\\s@]+@[^\\s@]+$',
      maxLength: 255,
    }),
  ),
  USHER_ADMIN_PASSWORD: Type.Optional(
    Type.String({ description: 'The first admin’s password.', minLength: 8, maxLength: 256 }),
  ),
  OIDC_ISSUER: Type.Optional(
    Type.String({
      description:
        'The identity provider (OpenID Connect) by which people may sign in; its callback is <PUBLIC_URL>/api/v1/session/oidc/callback.',
      pattern: '^https?://',
    }),
  ),
  OIDC_CLIENT_ID: Text('The client id at the identity provider.'),
  OIDC_CLIENT_SECRET: Text('The client secret at the identity provider, if it gave one.'),
  OIDC_NAME: Type.String({
    description: 'The text of the sign-in button.',
    default: 'Single sign-on',
  }),
  OIDC_CREATE_USERS: Type.Boolean({
    description:
      'Whether a person who signs in there without an invitation becomes a user with the role agent.',
    default: false,
  }),
  OIDC_SESSION_HOURS: Type.Integer({
    description:
      'Hours after which a session that began at the identity provider ends, so that people removed there lose access here too.',
    default: 12,
    minimum: 1,
    maximum: 2160,
  }),
  AUTHENTICATION_ENDPOINT: Type.Optional(
    Type.String({
      description:
        'The company’s own check of passwords as Chimp Assist has it: asked at <it>/chimpassist/auth when Usher does not know the password.',
      pattern: '^https?://',
    }),
  ),
};
