// The form in which Standard Webhooks libraries take a secret.

export const LIBRARY_PREFIX = 'whsec_';

/** `whsec_` and base64, whatever was typed. */
export function libraryFormOf(secret: string): string {
  if (secret.startsWith(LIBRARY_PREFIX)) return secret;
  // Not Buffer: this room is also for browsers.
  const bytes = new TextEncoder().encode(secret);
  return LIBRARY_PREFIX + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
