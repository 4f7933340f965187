// Runs a program under the account that PostgreSQL gets, because PostgreSQL refuses to run as root.

import { execFile } from 'node:child_process';
import { cleanEnvironment } from './clean-environment.ts';

export type Identity =
  /** The user who runs Usher. */
  | { kind: 'self' }
  /** The same user outside, seen as `uid` inside a user namespace: files keep their owner. */
  | { kind: 'namespace'; uid: number; gid: number }
  /** Another, unprivileged user, whom root becomes before the program starts. */
  | { kind: 'user'; uid: number; gid: number };

export interface Command {
  program: string;
  args: string[];
  options: { uid?: number; gid?: number; env: NodeJS.ProcessEnv };
}

export function commandAs(identity: Identity, program: string, args: string[]): Command {
  const env = cleanEnvironment();
  if (identity.kind === 'self') return { program, args, options: { env } };
  const { uid, gid } = identity;
  if (identity.kind === 'user') return { program, args, options: { uid, gid, env } };
  const mapping = ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  return { program: 'unshare', args: [...mapping, program, ...args], options: { env } };
}

/** Never rejects: a program that cannot even be started is a failed one. */
export function runAs(
  identity: Identity,
  program: string,
  args: string[],
): Promise<{ ok: boolean; output: string }> {
  const command = commandAs(identity, program, args);
  return new Promise((resolve) => {
    // In the root directory, since the other user may not be allowed into ours.
    const options = { ...command.options, cwd: '/' };
    execFile(command.program, command.args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve({ ok: error === null, output: output || (error?.message ?? '') });
    });
  });
}
