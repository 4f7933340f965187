// What changes something and takes no Idempotency-Key. Written by `npm run generate`; do not edit.
export const KEYLESS: ReadonlySet<string> = new Set([
  'POST /api/v1/attachments',
  'POST /api/v1/session/mqtt',
  'POST /api/v1/first-run',
  'POST /api/v1/session',
  'PATCH /api/v1/session',
  'DELETE /api/v1/session',
  'POST /api/v1/invites/{code}',
  'DELETE /api/v1/sessions',
  'DELETE /api/v1/sessions/{id}',
  'POST /api/v1/session/proof',
  'POST /api/v1/session/second-factor',
  'DELETE /api/v1/session/second-factor',
  'POST /api/v1/session/second-factor/setup',
  'POST /api/v1/session/second-factor/setup/confirm',
  'POST /api/v1/session/second-factor/recovery-codes',
]);
