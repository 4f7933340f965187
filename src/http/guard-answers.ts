// What every answer tells the browser, unless its route says otherwise: to guess nothing, run nothing, frame nothing.
import type { FastifyInstance } from 'fastify';
import { isSecure } from './session-cookie.ts';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  // Nobody who opens a window of ours, or whom we open, holds on to it.
  'cross-origin-opener-policy': 'same-origin',
  // None of our pages uses any of these, nor may what gets into one.
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

/** A year; our own host alone, as we do not know those beside it. */
const STRICT_TRANSPORT = 'max-age=31536000';

/** Of the page that describes the API: its own scripts, and the styles that these write. */
export const DOCS_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function guardAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { url } = request;
    reply.headers(EVERYWHERE);
    if (isSecure(request)) reply.header('strict-transport-security', STRICT_TRANSPORT);
    // What was read with a right is not to lie about after it, and what holds now is not to be told later.
    if (/^\/(api\/|livez|widget\/(config|presence))/.test(url))
      reply.header('cache-control', 'no-store');
  });
}
