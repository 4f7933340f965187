// A whole release, in a clone: what it commits, tags and writes, and that it can be taken back.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const long = process.env.USHER_LONG_TESTS === '1';
const hasHistory = spawnSync('git', ['rev-parse', 'HEAD']).status === 0;
const AUTHOR = { NAME: 'Test', EMAIL: 'test@example.com' };
const missing = hasHistory ? '' : '(skipped: there is no git history)';

async function cloneProject() {
  const folder = await mkdtemp(join(tmpdir(), 'usher-release-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [clone, out] = [join(folder, 'clone'), join(folder, 'out')];
  execFileSync('git', ['clone', '--quiet', '--no-local', '.', clone]);
  await symlink(resolve('node_modules'), join(clone, 'node_modules'));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim();
  git('config', 'user.name', AUTHOR.NAME);
  git('config', 'user.email', AUTHOR.EMAIL);
  // The link is no folder, so what ignores the folder does not see it.
  git('config', 'core.excludesFile', join(folder, 'ignored'));
  execFileSync('sh', ['-c', `echo node_modules > ${join(folder, 'ignored')}`]);
  const release = (...args: string[]) => {
    const all = ['scripts/release.ts', ...args, '--out', out];
    return spawnSync(process.execPath, all, { cwd: clone, encoding: 'utf8' });
  };
  return { clone, out, git, release };
}

test.runIf(long && hasHistory)(
  `a release is one commit with its tag and its files; a trial of it leaves nothing behind ${missing}`,
  async () => {
    const { clone, out, git, release } = await cloneProject();
    const head = git('rev-parse', 'HEAD');
    expect(release('0.0.1').stderr).toContain('does not come after');
    const trial = release('0.2.0', '--dry-run');
    expect(trial.status, trial.stderr).toBe(0);
    expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual([head, '']);
    await expectFiles(out);

    const done = release('0.2.0');
    expect(done.status, done.stderr).toBe(0);
    expect(git('rev-parse', 'v0.2.0^{commit}~1')).toBe(head);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('show', '--no-patch', '--format=%s')).toBe('Release 0.2.0');
    expect(git('tag', '--list', '--format=%(contents)', 'v0.2.0')).toContain('# Update to 0.2.0');
    expect(await readFile(join(clone, 'CHANGELOG.md'), 'utf8')).toContain('\n## 0.2.0 – ');
    await expectFiles(out);
    expect(release('0.2.0').stderr).toContain('does not come after');
  },
  900_000,
);

async function expectFiles(out: string): Promise<void> {
  const names = await readdir(out);
  expect(names.sort()).toEqual([
    ...['SHA256SUMS', 'UPDATE.md', 'provenance.json', 'tickets_1.0.0.zip', 'usher-0.2.0.cdx.json'],
    ...['usher-0.2.0.tgz', 'usher-client-0.2.0.tgz'],
  ]);
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: out });
  const packed = execFileSync('tar', ['-tzf', 'usher-0.2.0.tgz'], { cwd: out, encoding: 'utf8' });
  expect(packed).toContain('package/dist/src/cli/usher.js');
  const { subject } = JSON.parse(await readFile(join(out, 'provenance.json'), 'utf8'));
  expect(subject.map(({ name }: { name: string }) => name)).toContain('usher-0.2.0.tgz');
  const sbom = JSON.parse(await readFile(join(out, 'usher-0.2.0.cdx.json'), 'utf8'));
  expect(sbom.metadata.component.version).toBe('0.2.0');
}
