// A second factor: codes of an authenticator app (RFC 6238), and recovery codes for when it is lost.
import { Secret, TOTP } from 'otpauth';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { fillSession, type SessionRow } from '../store/login-sessions.ts';
import {
  dropSecondFactor,
  getSecondFactor,
  hasSecondFactor,
  putRecoveryCodes,
  putSecondFactor,
  type SecondFactorRow,
  takeRecoveryCode,
  takeStep,
} from '../store/second-factors.ts';
import { placeOf } from '../store/secret-box.ts';
import { type Tx, withTx } from '../store/tx.ts';
import { getUser, noteSignIn, type UserKey } from '../store/users.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';
import { noteSignedIn } from './let-in.ts';
import { limitTries } from './limit-tries.ts';
import { endTheirSessions } from './login-session.ts';
import { makeCode, plainCode } from './make-code.ts';
import { readSignInRules } from './sign-in-rules.ts';

const STEP_SECONDS = 30;
/** Steps before and after, for clocks that differ (RFC 6238 §5.2). */
const WINDOW = 1;
const RECOVERY_CODES = 10;
/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20;

export type Signed = Pick<SessionRow, 'userId' | 'agentId' | 'sessionId' | 'begunBy' | 'stage'> & {
  workspaceId: string;
  address: string;
};

/**
 * Answers what the authenticator app is given; the factor counts only after its first code. Refuses
 * `second-factor.set-up`.
 */
export async function beginSecondFactor(
  desk: Desk,
  { workspaceId, userId }: UserKey,
  label: { issuer: string; account: string },
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: SECRET_BYTES });
  const sealed = desk.secrets.seal(secret.base32, placeOfSecret({ workspaceId, userId }));
  const kept = await withTx(desk.db, (tx) =>
    putSecondFactor(tx, { workspaceId, userId, secret: sealed }),
  );
  if (!kept) throw new Refused('second-factor.set-up');
  const uri = new TOTP({ secret, issuer: label.issuer, label: label.account }).toString();
  return { secret: secret.base32, uri };
}

/**
 * The first code. Answers the recovery codes, which cannot be read again. Refuses
 * `second-factor.wrong-code`, `second-factor.not-begun`, `second-factor.set-up`.
 */
export async function confirmSecondFactor(
  desk: Desk,
  signed: Signed,
  code: string,
): Promise<string[]> {
  const factor = await getSecondFactor(desk.db, signed);
  if (factor === null) throw new Refused('second-factor.not-begun');
  if (factor.confirmedAt !== null) throw new Refused('second-factor.set-up');
  const codes = await guess(desk, signed, () =>
    withTx(desk.db, async (tx) => {
      if (!(await takeTotp(desk, tx, { key: signed, factor, code }))) return null;
      await note(tx, signed, 'user.second-factor-set-up');
      await complete(tx, signed);
      return renew(tx, signed);
    }),
  );
  if (codes === null) throw new Refused('second-factor.wrong-code');
  return codes;
}

/** Completes a sign-in. Refuses `second-factor.wrong-code` and `sign-in.too-many`. */
export async function showSecondFactor(desk: Desk, signed: Signed, code: string): Promise<void> {
  if (!(await checkCode(desk, signed, code))) throw new Refused('second-factor.wrong-code');
  await withTx(desk.db, (tx) => complete(tx, signed));
}

/** A code of the app, or a recovery code; each works once. Refuses `sign-in.too-many`. */
export async function checkCode(
  desk: Desk,
  key: UserKey & { address: string },
  code: string,
): Promise<boolean> {
  const { workspaceId, userId } = key;
  const right = await guess(desk, key, async () => {
    const factor = await getSecondFactor(desk.db, key);
    if (factor === null || factor.confirmedAt === null) return null;
    if (await takeTotp(desk, desk.db, { key, factor, code })) return true;
    const hash = hashSecret(plainCode(code));
    return (await takeRecoveryCode(desk.db, { workspaceId, userId, hash })) ? true : null;
  });
  return right !== null;
}

/**
 * Answers new recovery codes, which replace the earlier ones. Refuses `second-factor.not-begun`.
 */
export function renewRecoveryCodes(desk: Desk, signed: Signed): Promise<string[]> {
  return withTx(desk.db, async (tx) => {
    if (!(await hasSecondFactor(tx, signed))) throw new Refused('second-factor.not-begun');
    await note(tx, signed, 'user.recovery-codes-renewed');
    return renew(tx, signed);
  });
}

/** One's own. Refuses `second-factor.required` and `second-factor.not-begun`. */
export async function removeSecondFactor(desk: Desk, signed: Signed): Promise<void> {
  await withTx(desk.db, async (tx) => {
    const { secondFactorRoles } = await readSignInRules(tx, signed.workspaceId);
    const user = await getUser(tx, signed);
    if (user !== null && secondFactorRoles.includes(user.role)) {
      throw new Refused('second-factor.required');
    }
    if (!(await dropSecondFactor(tx, signed))) throw new Refused('second-factor.not-begun');
    await note(tx, signed, 'user.second-factor-removed');
  });
}

/** Another person's factor, which was lost; ends their sessions. Refuses `user.not-found`. */
export async function resetSecondFactor(
  desk: Desk,
  { actor, ...key }: UserKey & { actor: string },
): Promise<void> {
  const { workspaceId, userId: objectId } = key;
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const user = await getUser(tx, key);
    if (user === null) throw new Refused('user.not-found');
    await dropSecondFactor(tx, key);
    await endTheirSessions(tx, after, key);
    const entry = { workspaceId, actor, objectId, change: { email: user.email } };
    await addAuditEntry(tx, { ...entry, action: 'user.second-factor-reset' });
  });
}

/** A session that waited for the factor is full from here on. */
async function complete(tx: Tx, signed: Signed): Promise<void> {
  const { workspaceId, userId, agentId, sessionId, begunBy, stage } = signed;
  if (stage === 'full') return;
  await fillSession(tx, { workspaceId, sessionId });
  await noteSignIn(tx, { workspaceId, userId });
  await noteSignedIn(tx, { workspaceId, user: { userId, agentId }, begunBy });
}

/** Counted apart from the password: knowing the password must not reset the count of codes. */
function guess<T>(
  desk: Desk,
  { workspaceId, userId, address }: UserKey & { address: string },
  look: () => Promise<T | null>,
): Promise<T | null> {
  const target = `second factor of ${userId}`;
  const what = 'second-factor';
  return limitTries(desk, { workspaceId, what, userId, target, address }, look);
}

function placeOfSecret({ workspaceId, userId }: UserKey): string {
  return placeOf('second_factor', workspaceId, userId, 'secret');
}

async function takeTotp(
  { secrets, clock }: Pick<Desk, 'secrets' | 'clock'>,
  db: Desk['db'] | Tx,
  { key, factor, code }: { key: UserKey; factor: SecondFactorRow; code: string },
): Promise<boolean> {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return false;
  const { workspaceId, userId } = key;
  const { secret } = factor;
  const timestamp = clock.now();
  const opened = secrets.open(secret, placeOfSecret(key));
  const totp = new TOTP({ secret: Secret.fromBase32(opened) });
  const delta = totp.validate({ token, window: WINDOW, timestamp });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
  return takeStep(db, { workspaceId, userId, step, secret });
}

async function renew(tx: Tx, { workspaceId, userId }: UserKey): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeCode);
  const hashes = codes.map((code) => hashSecret(plainCode(code)));
  await putRecoveryCodes(tx, { workspaceId, userId, hashes });
  return codes;
}

function note(tx: Tx, { workspaceId, userId, agentId }: Signed, action: string): Promise<void> {
  const entry = { workspaceId, actor: `agent:${agentId}`, objectId: userId, change: {} };
  return addAuditEntry(tx, { ...entry, action });
}
