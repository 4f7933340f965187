// Makes a release: its number, its part of the changelog, its kept schema, a commit with a tag, and its files.
//   npm run release -- 0.2.0 [--dry-run] [--out DIR]     (see CONTRIBUTING.md)
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, gt, valid } from 'semver';
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { cutChangeLog, readMustDo } from './release/change-log.ts';
import {
  type Artefact,
  type Known,
  writeProvenance,
  writeSums,
  writeUpgradeNotes,
} from './release/write-notes.ts';

const KEPT = 'test/fixtures/releases';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false }, out: { type: 'string' } },
});
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const startedAt = new Date().toISOString();
const version = await checkRequest(positionals);
const out = resolve(values.out ?? join(tmpdir(), `usher-release-${version}`));
const mustDo = readMustDo(await readFile('CHANGELOG.md', 'utf8'));
try {
  const before = await readLastRelease();
  await writeRelease();
  const { migrations } = await readKept(version);
  const notes = writeUpgradeNotes({ version, mustDo, before, migrations });
  if (!values['dry-run']) commitAndTag(notes);
  await writeFiles(notes);
} catch (error) {
  if (!isTagged()) forgetChanges();
  throw error;
}
if (values['dry-run']) forgetChanges();
const next = values['dry-run'] ? 'Nothing was committed.' : 'Next: git push --follow-tags';
process.stdout.write(`The files of ${version} are in ${out}. ${next}\n`);

/** Before anything is changed. */
async function checkRequest([asked]: string[]): Promise<string> {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const version = valid(asked);
  if (version === null) throw new Error('Name the version: npm run release -- 0.2.0');
  if (!gt(version, manifest.version))
    throw new Error(`${version} does not come after ${manifest.version}.`);
  if (git('status', '--porcelain') !== '') throw new Error('Commit or drop your changes first.');
  if (git('tag', '--list', `v${version}`) !== '') throw new Error(`v${version} is tagged already.`);
  return version;
}

/** The files of the project that say which version it is. */
async function writeRelease(): Promise<void> {
  const text = await readFile('CHANGELOG.md', 'utf8');
  await writeFile('CHANGELOG.md', cutChangeLog(text, { version, date: startedAt.slice(0, 10) }));
  for (const folder of ['.', 'packages/client']) {
    run('npm', ['version', version, '--no-git-tag-version', '--allow-same-version'], folder);
  }
  await keepSchema();
  run('npm', ['run', '--silent', 'generate']);
}

async function keepSchema(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-release-'));
  const database = await startEmbeddedPostgres({ dataDir });
  try {
    const environment = { DATABASE_URL: database.connectionString };
    run('npm', ['run', '--silent', 'keep-release', '--', version], '.', environment);
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** null: this is the first one. */
async function readLastRelease(): Promise<Known | null> {
  const released = (await readdir(KEPT)).map((name) => name.replace(/\.json$/, ''));
  const last = released.sort(compare).at(-1);
  return last === undefined ? null : readKept(last);
}

async function readKept(of: string): Promise<Known> {
  const { migrations } = JSON.parse(await readFile(join(KEPT, `${of}.json`), 'utf8'));
  return { version: of, migrations: migrations.map(({ name }: { name: string }) => name) };
}

function commitAndTag(notes: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', `Release ${version}`);
  git('tag', '--annotate', `v${version}`, '--cleanup=verbatim', '--message', notes);
}

/** All that is downloaded, with its sums and from what it was made. */
async function writeFiles(notes: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  run('npm', ['pack', '--silent', '--pack-destination', out]);
  run('npm', ['pack', '--silent', '--pack-destination', out], 'packages/client');
  const [app = ''] = run('npm', ['run', '--silent', 'app:rocketchat']).split('\n');
  await cp(app, join(out, basename(app)));
  await writeFile(join(out, `usher-${version}.cdx.json`), run('npm', ['run', '--silent', 'sbom']));
  await writeFile(join(out, 'UPDATE.md'), notes);
  const artefacts = await sumAll();
  const tools = { node: process.version, npm: run('npm', ['--version']).trim() };
  const commit = git('rev-parse', 'HEAD');
  const provenance = writeProvenance({ artefacts, commit, version, tools, startedAt });
  await writeFile(join(out, 'provenance.json'), `${JSON.stringify(provenance, null, 2)}\n`);
  await writeFile(join(out, 'SHA256SUMS'), writeSums(await sumAll()));
}

async function sumAll(): Promise<Artefact[]> {
  const names = (await readdir(out)).sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(out, name));
      return { name, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}

/** The tree was clean before. */
function forgetChanges(): void {
  git('restore', '--staged', '--worktree', '.');
  git('clean', '--force', '--quiet', KEPT);
}

function isTagged(): boolean {
  return git('tag', '--list', `v${version}`) !== '';
}

function git(...args: string[]): string {
  return run('git', args).trim();
}

function run(program: string, args: string[], cwd = '.', environment: object = {}): string {
  const env = { ...process.env, ...environment };
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: [...stdio] });
}
