// Limits the bytes uploaded in a day: per session, address and person, and for the whole workspace.
import { Refused } from '../errors.ts';
import type { Db } from '../store/sql.ts';
import { giveBackUpload, takeFromBudgets } from '../store/upload-budgets.ts';

export interface UploadBudgets {
  /** Bytes a day. */
  session: number;
  address: number;
  /** Of all visitors. */
  workspace: number;
  person: number;
  /** Of all who work in the workspace. */
  staff: number;
}

export type Uploader =
  | { kind: 'visitor'; session: string; address: string }
  | { kind: 'person'; name: string };

export interface Reservation {
  /** A picture may be larger once drawn than as it was sent. Refuses `upload.budget-spent`. */
  growTo(bytes: number): Promise<void>;
  /** Gives back the part that was not stored. */
  settle(kept: number): Promise<void>;
}

/**
 * Reserved before the file arrives, so that simultaneous uploads are counted too. Refuses
 * `upload.budget-spent`.
 */
export async function reserveUpload(
  { db, budgets }: { db: Db; budgets: UploadBudgets },
  owed: { workspaceId: string; by: Uploader; bytes: number },
): Promise<Reservation> {
  const { workspaceId, by } = owed;
  const limits = limitsOf(by, budgets);
  const keys = limits.map(({ key }) => key);
  let taken = 0;
  const giveBack = async (unused: number): Promise<void> => {
    if (unused > 0) await giveBackUpload(db, { workspaceId, keys, bytes: unused });
  };
  const take = async (bytes: number): Promise<void> => {
    const sums = await takeFromBudgets(db, { workspaceId, keys, bytes });
    const spent = limits.find(({ key, most }) => (sums.get(key) ?? 0) > most);
    if (spent !== undefined) {
      await giveBack(bytes);
      throw new Refused(
        'upload.budget-spent',
        `Too much was sent ${spent.whose} today. Try again tomorrow.`,
      );
    }
    taken += bytes;
  };
  await take(owed.bytes);
  return {
    growTo: async (bytes) => {
      if (bytes > taken) await take(bytes - taken);
    },
    settle: (kept) => giveBack(taken - kept),
  };
}

function limitsOf(by: Uploader, budgets: UploadBudgets) {
  if (by.kind === 'person') {
    return [
      { key: `person ${by.name}`, most: budgets.person, whose: 'by you' },
      { key: 'staff', most: budgets.staff, whose: 'by all who work here' },
    ];
  }
  return [
    { key: `address ${by.address}`, most: budgets.address, whose: 'from this address' },
    { key: `session ${by.session}`, most: budgets.session, whose: 'in this chat' },
    { key: 'workspace', most: budgets.workspace, whose: 'here by visitors' },
  ];
}
