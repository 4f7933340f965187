// Keeps the two passwords of the embedded PostgreSQL: the role's, with which Usher works, and the superuser's.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeStartFailure } from './start-failure.ts';
import { writeFileDurably } from './write-file-durably.ts';

export interface Passwords {
  role: string;
  roleFile: string;
  /** Empty in a data directory of 0.1, where one password was both. */
  superuser: string;
  superuserFile: string;
}

function filesIn(dir: string): Pick<Passwords, 'roleFile' | 'superuserFile'> {
  return { roleFile: join(dir, 'password'), superuserFile: join(dir, 'superuser-password') };
}

/** For a new cluster. */
export async function makePasswords(dir: string): Promise<Passwords> {
  const files = filesIn(dir);
  const role = await makePassword(files.roleFile);
  return { role, superuser: await makePassword(files.superuserFile), ...files };
}

/** @throws `embedded_postgres.password_lost` */
export async function readPasswords(dir: string): Promise<Passwords> {
  const files = filesIn(dir);
  const role = await read(files.roleFile);
  if (role === '') throw passwordLost(files.roleFile);
  return { role, superuser: await read(files.superuserFile), ...files };
}

/** Generated, so that other users of this machine cannot connect to the port. */
export async function makePassword(path: string): Promise<string> {
  const password = randomBytes(32).toString('base64url');
  await writeFileDurably({ path, content: `${password}\n`, mode: 0o600 });
  return password;
}

export function passwordLost(passwordFile: string): Error {
  return makeStartFailure(
    'embedded_postgres.password_lost',
    `The password in ${passwordFile} is missing or not the one of this database. Put back the file that was made together with the database, from a backup of the data directory.`,
  );
}

async function read(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}
