// Puts a mail on its way, in the transaction of what it tells; and keeps how many there may be.
import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { type MailFacts, type MailKind, mailType } from '../contract/mails.ts';
import { addOwnDelivery } from '../store/mails.ts';
import { placeOf } from '../store/secret-box.ts';
import type { Db } from '../store/sql.ts';
import { countTry } from '../store/try-counts.ts';
import type { Tx } from '../store/tx.ts';
import type { After } from './commit.ts';
import type { Desk } from './context.ts';

/** What verbs know of the operator's mail server. */
export interface Mailing {
  from: string;
  host: string;
  mostPerHour: number;
}

export interface NewMail {
  workspaceId: string;
  kind: MailKind | 'reset-asked';
  facts: Omit<MailFacts, 'code'>;
  /** Of the link in it; sealed while it waits. */
  code?: string;
}

const HOUR_SECONDS = 3600;
/** To one address, so that nobody is flooded through us. */
export const MAILS_TO_ONE = 10;

/** Sent after the commit, once; retried until the mail server has it, or says that it never will. */
export async function addMail(
  { secrets }: Pick<Desk, 'secrets'>,
  after: After<Tx>,
  { workspaceId, kind, facts, code }: NewMail,
): Promise<string> {
  const deliveryKey = uuid();
  const sealed = code && secrets.seal(code, codePlace(workspaceId, deliveryKey));
  const payload = { ...facts, ...(sealed && { code: sealed }) };
  const writing = after({ send: true });
  await addOwnDelivery(writing, { workspaceId, deliveryKey, type: mailType(kind), payload });
  return deliveryKey;
}

export function codePlace(workspaceId: string, deliveryKey: string): string {
  return placeOf('mail', workspaceId, deliveryKey, 'code');
}

/** Counts one more. false: as many as may went to that address, or from this workspace, within the hour. */
export async function mayMail(
  db: Db,
  { mostPerHour }: Pick<Mailing, 'mostPerHour'>,
  { workspaceId, to }: { workspaceId: string; to: string },
): Promise<boolean> {
  const within = { workspaceId, windowSeconds: HOUR_SECONDS };
  const toThem = await countTry(db, { ...within, key: `mail to ${hashAddress(to)}` });
  if (toThem > MAILS_TO_ONE) return false;
  return (await countTry(db, { ...within, key: 'mail of the workspace' })) <= mostPerHour;
}

/** Nobody needs to read from the counts who was written to. */
export function hashAddress(address: string): string {
  return createHash('sha256').update(address.trim().toLowerCase()).digest('hex');
}
