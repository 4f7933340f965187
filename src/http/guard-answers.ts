// The headers of every answer, unless its route has others: guess no type, run nothing, allow no frame.
import type { FastifyInstance } from 'fastify';
import { isSecure } from './session-cookie.ts';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  // Windows that we open, or that open us, get no reference to us.
  'cross-origin-opener-policy': 'same-origin',
  // None of our pages uses any of these, and injected code must not either.
  'permissions-policy': [
    'accelerometer',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ]
    .map((name) => `${name}=()`)
    .join(', '),
};

/** A year; only our own host, because we do not know its subdomains. */
const STRICT_TRANSPORT = 'max-age=31536000';

export function guardAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { url } = request;
    reply.headers(EVERYWHERE);
    if (isSecure(request)) reply.header('strict-transport-security', STRICT_TRANSPORT);
    // Answers that needed a right must not be stored, and answers that change must not be shown
    // later.
    if (/^\/(api\/|livez|widget\/(config|presence))/.test(url))
      reply.header('cache-control', 'no-store');
  });
}
