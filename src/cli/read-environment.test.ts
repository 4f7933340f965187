// The file .env in the working directory, as an installation of Agent Allocation PHP has it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const usher = fileURLToPath(new URL('usher.ts', import.meta.url));

/** What `usher doctor` finds, by check. */
async function askDoctor(file: string | null, environment: Record<string, string> = {}) {
  const cwd = await mkdtemp(join(tmpdir(), 'usher-env-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  if (file !== null) await writeFile(join(cwd, '.env'), file);
  const env = { PATH: process.env.PATH ?? '', PORT: '9', ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [usher, '--json', 'doctor'], {
    ...{ cwd, env },
  }).catch((failed: { stdout: string }) => failed);
  const checks = JSON.parse(stdout) as { name: string; state: string; says: string }[];
  return (name: string) => checks.filter((check) => check.name === name);
}

const printed = `LOG_STACK=single,slack
QISCUS_BASE_URL=http://127.0.0.1:9
QISCUS_AGENT_ID=
QISCUS_APP_ID=
QISCUS_SECRET=
QISCUS_EMAIL=
QISCUS_PASSWORD=
LOG_SLACK_WEBHOOK_URL=
`;

test('the original’s example is taken as it is, and the doctor says what is ignored', async () => {
  const of = await askDoctor(printed);
  expect(of('configuration')).toEqual([
    expect.objectContaining({ state: 'ok' }),
    { name: 'configuration', state: 'warning', says: expect.stringMatching(/^LOG_STACK names sl/) },
  ]);
  expect(of('QISCUS_AGENT_ID')).toMatchObject([
    { state: 'warning', says: expect.stringMatching(/^ignored/) },
  ]);
});

test('what is set in earnest wins over the file', async () => {
  const file = 'DATABASE_URL=nonsense\nLOG_LEVEL=loud\n';
  const wrong = (await askDoctor(file))('configuration')[0]?.says;
  expect(wrong).toMatch(/LOG_LEVEL[\s\S]*DATABASE_URL/);
  const won = await askDoctor(file, { DATABASE_URL: '', LOG_LEVEL: 'info' });
  expect(won('configuration')).toMatchObject([{ state: 'ok' }]);
});

test('without a file, and told to read none, the environment is all there is', async () => {
  expect((await askDoctor(null))('configuration')).toMatchObject([{ state: 'ok' }]);
  const none = await askDoctor('LOG_LEVEL=loud', { USHER_ENV_FILE: '' });
  expect(none('configuration')).toMatchObject([{ state: 'ok' }]);
});
