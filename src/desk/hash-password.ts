// Passwords as argon2id hashes, in the usual text form that carries its own parameters.
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';

// OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. About 25 ms on a small machine.
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const BYTES = 32;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const memory = MEMORY_KIB;
  const hash = await derive({
    message: normalise(password),
    nonce: salt,
    memory,
    passes: PASSES,
    parallelism: LANES,
    tagLength: BYTES,
  });
  return `$argon2id$v=19$m=${memory},t=${PASSES},p=${LANES}$${encode(salt)}$${encode(hash)}`;
}

/**
 * With null it takes as long as with a hash, so that the time does not reveal whether there is one.
 */
export async function checkPassword(password: string, kept: string | null): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const match = FORM.exec(kept ?? (await nobody));
  if (match === null) throw new Error('A kept password has an unknown form.');
  const [, memory, passes, parallelism, salt = '', hash = ''] = match;
  const expected = Buffer.from(hash, 'base64');
  const found = await derive({
    message: normalise(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(found, expected) && kept !== null;
}

const FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
let nobody: Promise<string> | undefined;

/** The same characters, however the keyboard composes them. */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function derive(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
