// `usher policy` against a running server: the way of a policy that lives in a company’s own git.
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startProgram } from '../../test/faults/run-program.ts';
import { startTestUsher } from '../../test/makers/start-test-usher.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

const program = new URL('./usher.ts', import.meta.url);

async function startWithFile() {
  const usher = await startTestUsher();
  const folder = await mkdtemp(join(tmpdir(), 'usher-policy-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = async (...words: string[]) => {
    const at = { USHER_URL: usher.url, USHER_TOKEN: usher.token };
    const child = startProgram(program, ['policy', ...words], at);
    const ended = once(child, 'exit');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await ended)[0] as number, out, err };
  };
  return { usher, run, file: join(folder, 'policy.json') };
}

test('a policy is read into a file, changed, compared, and put in force on the version it came from', async () => {
  const { run, file } = await startWithFile();
  const got = await run('get');
  expect(got).toMatchObject({ code: 0, err: '' });
  const changed = { ...JSON.parse(got.out), strategy: 'round-robin' };
  await writeFile(file, JSON.stringify(changed));

  const change = '~ /strategy: "least-loaded" → "round-robin"\n';
  expect(await run('check', file)).toMatchObject({
    code: 0,
    out: 'It holds; 1 change to the one in force.\n',
  });
  expect(await run('diff', file)).toMatchObject({ code: 0, out: change });
  expect(await run('put', file, '--if-version', '1')).toMatchObject({
    ...{ code: 0, out: 'Version 2 is in force: 1 change.\n' },
  });
  expect(await run('diff', '--at', '2')).toMatchObject({ code: 0, out: change });
  expect(JSON.parse((await run('get', '--at', '2')).out)).toEqual(
    JSON.parse(await readFile(file, 'utf8')),
  );

  const late = await run('put', file, '--if-version', '1');
  expect(late.code).toBe(4);
  expect(late.err).toContain('policy.changed-since');
});

test('a dry run prints how many each rule decides about, and who would go elsewhere', async () => {
  const { usher, run, file } = await startWithFile();
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'api', name: 'Shop' },
  });
  const path = `/api/v1/channels/${(made.body as { id: string }).id}/conversations`;
  const contact = { externalId: 'c', name: 'Ana' };
  const opened = await usher.call('POST', path, { body: { externalId: 'one', contact } });
  const { id } = opened.body as { id: string };
  const changed = {
    ...JSON.parse((await run('get')).out),
    plans: [{ name: 'Night', steps: [{ after: 0, priority: 'high' }] }],
    rules: [
      {
        name: 'Nobody',
        when: { field: 'contact.name', is: 'Nobody' },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: 'Night' },
      },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { name: 'All', then: { plan: 'Night' } },
    ],
  };
  await writeFile(file, JSON.stringify(changed));
  const { code, out } = await run('check', file, '--try');
  expect(code).toBe(0);
  expect(out.split('\n').slice(2)).toEqual([
    '',
    'Of the 1 that wait now and the 0 last ones, 1 and 0 would go elsewhere.',
    '',
    'Rules:',
    'RULE    WAITING  LAST',
    'Nobody  0        0     matches nothing',
    'All     1        0',
    '',
    'Plans:',
    'PLAN   WAITING  LAST',
    'Night  0 → 1    0 → 0',
    '–      1 → 0    0 → 0',
    '',
    'Of those that wait:',
    'CONVERSATION                          CONTACT  RULE  WHAT CHANGES',
    `${id}  Ana      All   plan – → Night, step – → 1, priority normal → high`,
    '',
  ]);
});

test('faults are printed with their places and remedies, and nothing is put in force', async () => {
  const { usher, run, file } = await startWithFile();
  const plans = [{ name: 'Day', steps: [{ after: 5, team: 'Nobody' }] }];
  await writeFile(file, JSON.stringify({ ...JSON.parse((await run('get')).out), plans }));
  const said = [
    '/plans/0/steps/0/team: There is no team “Nobody”. Make this team first, or leave it out.',
    '/plans/0/steps/0/after: The first step of plan “Day” begins after 5 s, so nothing says what holds before. Write 0 as its after, or put a step with after 0 in front.',
    '',
  ].join('\n');
  const checked = await run('check', file);
  expect(checked).toMatchObject({ code: 1, err: '' });
  expect(checked.out).toContain(said);
  for (const verb of ['put', 'diff']) {
    expect(await run(verb, file)).toEqual({ code: 1, out: '', err: said });
  }
  expect((await usher.call('GET', '/api/v1/policy')).body).toMatchObject({ version: 1 });

  await writeFile(file, '{"strategy":');
  expect(await run('check', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is no JSON'),
  });
  expect(await run('check', `${file}.gone`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read'),
  });
});
