// Checks and hashes a new password: not a common one, and not the person's own name.
import { Refused } from '../errors.ts';
import { hashPassword } from './hash-password.ts';

/** Answers the hash. Refuses `password.common`. */
export async function hashNewPassword(
  password: string,
  person: { email: string; name: string },
): Promise<string> {
  const plain = fold(password);
  const [local = ''] = person.email.split('@');
  const own = [person.email, local, person.name].map(fold);
  if (own.includes(plain) || (await readCommon()).has(plain)) throw new Refused('password.common');
  return hashPassword(password);
}

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * 49,000 passwords from leaked lists, a few megabytes: loaded when somebody first chooses a
 * password.
 */
function readCommon(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(fold)),
  );
  return common;
}

/** As guessers try it: capitals, and spaces at the ends, make a password no better. */
function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
