// The head of the OpenAPI document; the rest follows from the schemas that validate.

import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

export const openApiInfo = {
  openapi: '3.1.0' as const,
  info: {
    title: 'Usher',
    version: '1',
    description:
      'Usher shows every customer to the right agent. Failures are RFC 9457 problems; lists give an opaque nextCursor. What changes something takes an Idempotency-Key: for 24 hours a repeat with the same key and body is answered as the first was, and nothing is done twice; 409 idempotency-key.under-way: the first is not over, ask again; 422 idempotency-key.reused: the key came with another request. The routes of the contracts that Usher replaces keep their own envelopes.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  components: {
    securitySchemes: {
      token: { type: 'http' as const, scheme: 'bearer' },
      session: {
        type: 'apiKey' as const,
        in: 'cookie' as const,
        name: 'usher_session',
        description:
          'Of whoever has signed in; over https it is called __Host-usher_session. What changes something needs our own Origin too.',
      },
    },
  },
  security: [{ token: [] }, { session: [] }],
} satisfies FastifyDynamicSwaggerOptions['openapi'];
