// A self-signed certificate, new at every start.
import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM, to be passed as `ca` by a client that trusts the receiver. */
  cert: string;
  key: string;
}

/** For this machine, or for the names given. */
export async function makeCertificate(names?: readonly string[]): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'receiver' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: names?.map((value) => ({ type: 2 as const, value })) ?? [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { cert, key };
}
