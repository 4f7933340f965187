// Seals the secrets that the database keeps, with a key that only the operator has.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** As the database holds it: `sealed:1:<key id>:<base64url>`, or plain where there is no key. */
export type Sealed = string & { readonly isSealed: true };

export interface SecretBox {
  /** The id of the key that seals; null: there is none, and secrets are stored in clear text. */
  keyId: string | null;
  /** Whether a secret sealed with this key can be opened. */
  has(keyId: string): boolean;
  /**
   * `place` names the row and field, as `placeOf` does: moved elsewhere, the secret does not open.
   */
  seal(text: string, place: string): Sealed;
  /** A plain secret is answered unchanged. Throws LockedSecret. */
  open(sealed: Sealed, place: string): string;
}

export class LockedSecret extends Error {}

export const SEAL = 'sealed:1:';
/** Put before a plain secret that itself begins like a sealed one. */
const PLAIN = 'sealed:0:';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `old`: keys that open what they once sealed, and seal nothing. */
export function makeSecretBox({
  key,
  old = [],
}: {
  key: string | undefined;
  old?: readonly string[];
}): SecretBox {
  const current = key === undefined ? null : derive(key);
  const all = new Map([...old.map(derive), ...(current === null ? [] : [current])].map(byId));
  return {
    keyId: current?.id ?? null,
    has: (keyId) => all.has(keyId),
    seal: (text, place) => {
      // An empty secret means none.
      if (text === '') return text as Sealed;
      if (current !== null) return encrypt(current, text, place);
      return (text.startsWith('sealed:') ? `${PLAIN}${text}` : text) as Sealed;
    },
    open: (sealed, place) => {
      if (sealed.startsWith(PLAIN)) return sealed.slice(PLAIN.length);
      if (!sealed.startsWith(SEAL)) return sealed;
      const [keyId = '', bytes = ''] = sealed.slice(SEAL.length).split(':');
      const found = all.get(keyId);
      if (found === undefined) throw new LockedSecret(`${place} needs the key ${keyId}`);
      return decrypt(found, Buffer.from(bytes, 'base64url'), place);
    },
  };
}

/** What binds a sealed secret to its row. */
export function placeOf(table: string, workspaceId: string, id: string, field: string): string {
  return [table, workspaceId, id, field].join('/');
}

interface Key {
  id: string;
  bytes: Buffer;
}

/** The id tells keys apart and reveals nothing of them. */
function derive(key: string): Key {
  const make = (info: string, length: number) =>
    Buffer.from(hkdfSync('sha256', key, 'usher secrets', info, length));
  return { id: make('id', 4).toString('hex'), bytes: make('key', 32) };
}

function byId(key: Key): [string, Key] {
  return [key.id, key];
}

function encrypt({ id, bytes }: Key, text: string, place: string): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const all = Buffer.concat([iv, cipher.getAuthTag(), body]);
  return `${SEAL}${id}:${all.toString('base64url')}` as Sealed;
}

function decrypt({ bytes }: Key, all: Buffer, place: string): string {
  const iv = all.subarray(0, IV_BYTES);
  const tag = all.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, bytes, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
    const body = all.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new LockedSecret(`${place} was changed, or sealed for another row`);
  }
}
