// The secret in the addresses that another system calls: made here, told to the server, shown once.

/** Where the server, which never tells a secret, leaves its place. */
const PLACE = '<secret>';

/** 128 bits, as letters that stand in an address as they are. */
export function makeWebhookSecret(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** The addresses that have a place for it, with it. */
export function fillSecret(urls: Record<string, string>, secret: string): Record<string, string> {
  const holding = Object.entries(urls).filter(([, url]) => url.includes(PLACE));
  return Object.fromEntries(holding.map(([name, url]) => [name, url.replace(PLACE, secret)]));
}

export function hidesSecret(urls: Record<string, string>): boolean {
  return Object.values(urls).some((url) => url.includes(PLACE));
}
