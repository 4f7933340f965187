// `usher people` and `usher sign-in` as an operator runs them when nobody can sign in.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { startProgram } from '../../test/faults/run-program.ts';
import { ADMIN, openBrowser, signInAs, WITH_ADMIN } from '../../test/makers/browse.ts';
import { startTestUsher } from '../../test/makers/start-test-usher.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 90_000 });

const program = new URL('./usher.ts', import.meta.url);

test('an operator lets passwords in again, and prints a link for an admin', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const run = async (...args: string[]) => {
    const at = { USHER_URL: usher.url, USHER_TOKEN: usher.token };
    const child = startProgram(program, args, at);
    const ended = once(child, 'exit');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await ended)[0] as number, out, err };
  };
  const off = await run('sign-in', 'passwords', 'off');
  expect(off).toMatchObject({ code: 4 });
  expect(off.err).toContain('sign in by the identity provider first');
  await usher.database.pool.query(
    `insert into setting (workspace_id, key, value) select workspace_id, 'onlySingleSignOn', 'true' from workspace`,
  );
  await expect(signInAs(usher)).rejects.toThrow('sign-in.single-sign-on-only');
  expect(await run('sign-in', 'passwords', 'on')).toMatchObject({ code: 0, err: '' });
  await signInAs(usher);
  const { code, out } = await run('people', 'reset', ADMIN.email.toUpperCase());
  expect(code).toBe(0);
  const path = new URL(out.trim()).pathname;
  expect(
    (await openBrowser(usher).send('GET', `/api/v1${path.replace('invite', 'invites')}`)).body,
  ).toMatchObject({ email: ADMIN.email });
  expect((await run('people', 'unlink', 'nobody@example.com')).code).toBe(1);
});
