// Prints what an installation without development dependencies consists of, in CycloneDX.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Lock {
  packages: Record<string, { dev?: true; link?: true; devDependencies?: object }>;
}

// `npm sbom --omit dev` also leaves out what development and production both need (npm 11.19):
// so it is given a copy of the lock file that knows no development.
const manifest = JSON.parse(await readFile('package.json', 'utf8'));
const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as Lock;
delete manifest.devDependencies;
delete lock.packages['']?.devDependencies;
const kept = Object.entries(lock.packages).filter(
  ([path, { dev, link }]) => path === '' || (path.startsWith('node_modules/') && !dev && !link),
);
const parent = await mkdtemp(join(tmpdir(), 'usher-sbom-'));
// npm names the whole after its folder.
const folder = join(parent, 'usher');
try {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const packages = Object.fromEntries(kept);
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  await rm(parent, { recursive: true, force: true });
}
