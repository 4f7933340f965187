// Makes the role and the database that Usher uses, and proves that the server lets Usher in.

import { Client, DatabaseError } from 'pg';
import { makePassword, type Passwords, passwordLost } from './passwords.ts';

export const NAME = 'usher';

/**
 * Usher's role owns its database and may create others, but is no superuser and does not know the
 * superuser's password: a hole in Usher must not become a shell on the machine.
 *
 * @returns the connection string to the database `usher`.
 */
export async function ensureDatabase(options: {
  port: number;
  passwords: Passwords;
  /** A new cluster surely lacks them; trying would leave an alarming line in its log. */
  isNew: boolean;
  log: (line: string) => void;
}): Promise<string> {
  const { port, passwords, isNew, log } = options;
  const own = connectionString(NAME, port, passwords.role, NAME);
  const isReady = !isNew && (await canConnect(own));
  const admin = await connectAsSuperuser(port, passwords);
  if (admin === undefined) {
    const { superuser, superuserFile, roleFile } = passwords;
    if (!isReady) throw passwordLost(superuser === '' ? roleFile : superuserFile);
    log(
      `The password in ${superuserFile} is missing or not the superuser's; Usher needs it only to mend its role.`,
    );
    return own;
  }
  try {
    if (!isReady) await createRoleAndDatabase(admin.client, passwords.role);
    if (admin.usedRolePassword) await separate(admin.client, passwords);
  } finally {
    await admin.client.end();
  }
  return own;
}

/** By the superuser's own password, or by the one that it shared with the role in 0.1. */
async function connectAsSuperuser(
  port: number,
  { superuser, role }: Passwords,
): Promise<{ client: Client; usedRolePassword: boolean } | undefined> {
  for (const password of [superuser, role]) {
    if (password === '') continue;
    const client = await connect(connectionString('postgres', port, password, 'postgres'));
    if (client) return { client, usedRolePassword: password === role };
  }
  return undefined;
}

/** Written before it is set: after a crash in between, the next start tries both and ends here again. */
async function separate(admin: Client, { superuser, superuserFile }: Passwords): Promise<void> {
  const password = superuser === '' ? await makePassword(superuserFile) : superuser;
  await admin.query(`ALTER ROLE postgres PASSWORD ${admin.escapeLiteral(password)}`);
}

/** The two statements cannot share a transaction, so each looks first: a crash may part them. */
async function createRoleAndDatabase(admin: Client, password: string): Promise<void> {
  const role = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [NAME]);
  const verb = role.rowCount === 0 ? 'CREATE' : 'ALTER';
  await admin.query(
    `${verb} ROLE ${NAME} LOGIN CREATEDB PASSWORD ${admin.escapeLiteral(password)}`,
  );
  await admin.query(`GRANT pg_monitor TO ${NAME}`);
  const database = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
  if (database.rowCount === 0) await admin.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
}

async function canConnect(url: string): Promise<boolean> {
  const client = await connect(url);
  await client?.end();
  return client !== undefined;
}

/** Undefined: the password is wrong, or there is no such database. */
async function connect(url: string): Promise<Client | undefined> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return client;
  } catch (error) {
    // A role that does not exist is answered like a wrong password.
    if (isWrongPassword(error) || isMissingDatabase(error)) return undefined;
    throw error;
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '28P01';
}

function isMissingDatabase(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '3D000';
}

export function connectionString(
  user: string,
  port: number,
  password: string,
  database: string,
): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}
