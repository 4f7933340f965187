// How people of a workspace may sign in, as its settings say.
import type { Role } from '../contract/agents.ts';
import { Refused } from '../errors.ts';
import { readSettingRows } from '../store/settings.ts';
import type { Db } from '../store/sql.ts';

export interface SignInRules {
  /** Passwords, the company's own check and invitations are switched off. */
  onlySingleSignOn: boolean;
  /** Roles whose sessions by password need a second factor. */
  secondFactorRoles: readonly Role[];
}

export async function readSignInRules(db: Db, workspaceId: string): Promise<SignInRules> {
  const set = (await readSettingRows(db, workspaceId)) as Partial<SignInRules>;
  return {
    onlySingleSignOn: set.onlySingleSignOn ?? false,
    secondFactorRoles: set.secondFactorRoles ?? [],
  };
}

/** Refuses `sign-in.single-sign-on-only`. */
export async function requirePasswords(db: Db, workspaceId: string): Promise<void> {
  const { onlySingleSignOn } = await readSignInRules(db, workspaceId);
  if (onlySingleSignOn) throw new Refused('sign-in.single-sign-on-only');
}
