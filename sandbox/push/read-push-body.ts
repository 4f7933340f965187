// Decrypts a push as a browser does (RFC 8291): written apart from the code that encrypts, to judge it.
import { createDecipheriv, createECDH, createHmac } from 'node:crypto';

export interface BrowserKeys {
  privateKey: Buffer;
  auth: Buffer;
}

/** Throws for what was not encrypted for these keys, or was changed on its way. */
export function readPushBody(body: Buffer, { privateKey, auth }: BrowserKeys): Buffer {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  if (body.readUInt32BE(16) < sealed.length) throw new Error('More than one record.');
  const own = createECDH('prime256v1');
  own.setPrivateKey(privateKey);
  const shared = own.computeSecret(sender);
  const combined = hmac(auth, shared);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender]);
  const input = hmac(combined, Buffer.concat([info, Buffer.of(1)]));
  const random = hmac(salt, input);
  const expand = (what: string, length: number) =>
    hmac(random, Buffer.from(`Content-Encoding: ${what}\0\x01`)).subarray(0, length);
  const decipher = createDecipheriv('aes-128-gcm', expand('aes128gcm', 16), expand('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error('The record does not end as the last one does.');
  return padded.subarray(0, end);
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
