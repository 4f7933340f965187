// Encrypts what a push says for one browser: aes128gcm in a single record (RFC 8291, RFC 8188).
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

export interface PushKeys {
  /** The browser's, an uncompressed point of P-256. */
  publicKey: Buffer;
  auth: Buffer;
}

/** Push services take 4096 bytes; the browser refuses what is longer. */
export const MOST_PLAIN_BYTES = 3993;
const RECORD_SIZE = 4096;
/** The end of the last record (RFC 8188 §2). */
const LAST = Buffer.of(2);

/** `ours`: salt and private key, which are otherwise made anew for each message. */
export function encryptPush(
  plain: Buffer,
  { publicKey, auth }: PushKeys,
  ours: { salt: Buffer; privateKey: Buffer | null } = { salt: randomBytes(16), privateKey: null },
): Buffer {
  if (plain.length > MOST_PLAIN_BYTES) throw new Error('The push is too long.');
  const ecdh = createECDH('prime256v1');
  if (ours.privateKey === null) ecdh.generateKeys();
  else ecdh.setPrivateKey(ours.privateKey);
  const sender = ecdh.getPublicKey();
  const shared = ecdh.computeSecret(publicKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
  const secret = derive(shared, { salt: auth, info, length: 32 });
  const { salt } = ours;
  const key = derive(secret, { salt, info: contentInfo('aes128gcm'), length: 16 });
  const nonce = derive(secret, { salt, info: contentInfo('nonce'), length: 12 });
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = [cipher.update(Buffer.concat([plain, LAST])), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([salt, sizes(sender), sender, ...sealed]);
}

export const contentInfo = (what: string): Buffer => Buffer.from(`Content-Encoding: ${what}\0`);

export function derive(
  secret: Buffer,
  { salt, info, length }: { salt: Buffer; info: Buffer; length: number },
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

/** The size of a record, and of the key that follows (RFC 8188 §2.1). */
function sizes(sender: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(RECORD_SIZE);
  header.writeUInt8(sender.length, 4);
  return header;
}
