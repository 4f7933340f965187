// X.509 certificates for tests, good and bad; Node reads them but cannot make them.
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface Certificate {
  cert: string;
  key: string;
}

const DAY_MS = 86_400_000;

/** Signed by itself, or by `issuer`, a certificate for the name `test authority`. */
export function makeCertificate(options: {
  name: string;
  issuer?: Certificate;
  validUntil?: Date;
}): Certificate {
  const { name, issuer, validUntil = new Date(Date.now() + DAY_MS) } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = issuer === undefined ? privateKey : createPrivateKey(issuer.key);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    commonName(issuer === undefined ? name : AUTHORITY),
    sequence(time(new Date(Date.now() - 2 * DAY_MS)), time(validUntil)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeName(name), ...(name === AUTHORITY ? [isAuthority] : []))),
  );
  return { cert: toPem(body, signer), key: exportKey(privateKey) };
}

/** Its `cert` is what a client has to trust. */
export function makeAuthority(): Certificate {
  return makeCertificate({ name: AUTHORITY });
}

const AUTHORITY = 'test authority';

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

function sequence(...contents: Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function identifier(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));

const isAuthority = sequence(
  identifier('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(name)))));
}

function alternativeName(name: string): Buffer {
  const dnsName = der(0x82, Buffer.from(name));
  return sequence(identifier('551d11'), der(0x04, sequence(dnsName)));
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, '');
  return der(0x18, Buffer.from(digits));
}

function toPem(body: Buffer, signer: KeyObject): string {
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, signer));
  const certificate = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`;
}

function exportKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
