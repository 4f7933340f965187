// Makes the role and the database that Usher uses, and proves that the server lets Usher in.

import { Client, DatabaseError } from 'pg';
import { startFailure } from './start-failure.ts';

const NAME = 'usher';

/**
 * Usher's role owns its database and may create others, but is no superuser: a hole in Usher must
 * not become a shell on the machine.
 *
 * @returns the connection string to the database `usher`.
 */
export async function ensureDatabase(options: {
  port: number;
  password: string;
  passwordFile: string;
  /** A new cluster surely lacks them; trying would leave an alarming line in its log. */
  isNew: boolean;
}): Promise<string> {
  const { port, password, passwordFile, isNew } = options;
  const own = connectionString(NAME, port, password, NAME);
  if (!isNew && (await canConnect(own))) return own;
  const admin = new Client({
    connectionString: connectionString('postgres', port, password, 'postgres'),
  });
  try {
    await admin.connect();
  } catch (error) {
    throw isWrongPassword(error) ? passwordLost(passwordFile, error) : error;
  }
  try {
    await createRoleAndDatabase(admin, password);
  } finally {
    await admin.end();
  }
  return own;
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
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    // A role that does not exist is answered like a wrong password.
    if (isWrongPassword(error) || isMissingDatabase(error)) return false;
    throw error;
  }
  await client.end();
  return true;
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '28P01';
}

function isMissingDatabase(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '3D000';
}

export function passwordLost(passwordFile: string, cause?: unknown): Error {
  return startFailure(
    'embedded_postgres.password_lost',
    `The password in ${passwordFile} is missing or not the one of this database. Put back the file that was made together with the database, from a backup of the data directory.`,
    cause,
  );
}

function connectionString(user: string, port: number, password: string, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}
