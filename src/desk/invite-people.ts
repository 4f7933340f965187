// Invites everybody of a list, each by themselves: who cannot be invited stops nobody else.
import type { Role } from '../contract/agents.ts';
import { EMAIL } from '../contract/shapes.ts';
import { type RefusalCode, Refused } from '../errors.ts';
import type { UserRow } from '../store/users.ts';
import { type Beginning, inviteUser } from './change-user.ts';
import type { Desk } from './context.ts';
import type { Mailing } from './send-mail.ts';

export interface Wanted extends Beginning {
  email: string;
  /** Empty: as the address begins. */
  name: string;
  role: Role;
}

export type Invited =
  | { email: string; user: UserRow; code: string; mailed: boolean }
  | { email: string; problem: { code: RefusalCode; detail: string } };

const PLAUSIBLE = new RegExp(EMAIL, 'u');

/** In the order of the list. */
export async function invitePeople(
  desk: Desk,
  by: { workspaceId: string; actor: string; mailing: Mailing | null },
  people: readonly Wanted[],
): Promise<Invited[]> {
  const outcomes: Invited[] = [];
  for (const { email: typed, name, ...wanted } of people) {
    const email = typed.trim();
    try {
      if (!PLAUSIBLE.test(email)) {
        throw new Refused('request.invalid', 'This is no e-mail address.');
      }
      const [local = email] = email.split('@');
      const called = name.trim() === '' ? local : name.trim();
      const invited = await inviteUser(desk, { ...by, ...wanted, email, name: called });
      outcomes.push({ email, ...invited });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      outcomes.push({ email, problem: { code: error.code, detail: error.message } });
    }
  }
  return outcomes;
}
