// Mails a line to whoever asks for it, so that an admin sees that mails arrive.
import { Refused } from '../errors.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { addMail, type Mailing, mayMail } from './send-mail.ts';

/** Refuses `mail.not-set-up` and `mail.too-many`. */
export async function sendTestMail(
  desk: Desk,
  mailing: Mailing | null,
  { workspaceId, to, language }: { workspaceId: string; to: string; language: string | null },
): Promise<string> {
  if (mailing === null) throw new Refused('mail.not-set-up');
  if (!(await mayMail(desk.db, mailing, { workspaceId, to }))) throw new Refused('mail.too-many');
  return commit(desk, workspaceId, (_, after) =>
    addMail(desk, after, { workspaceId, kind: 'test', facts: { to, language } }),
  );
}
