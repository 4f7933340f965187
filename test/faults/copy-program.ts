// A copy of the program with a mistake put into it, to see whether it is found: what is served has no switch for that.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Mistake {
  file: string;
  /** Which must be there. */
  instead: string;
  write: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'package.json', 'openapi.json'];
const SHARED = ['node_modules', 'dist', 'web', 'widget', 'packages', 'reference'];

/** Answers the program that serves with it. */
export async function copyProgram(mistakes: readonly Mistake[]): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-mistaken-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true });
  for (const name of SHARED) await symlink(join(root, name), join(folder, name));
  for (const { file, instead, write } of mistakes) {
    const text = await readFile(join(folder, file), 'utf8');
    if (!text.includes(instead)) throw new Error(`${file} has no ${instead}`);
    await writeFile(
      join(folder, file),
      text.replace(instead, () => write),
    );
  }
  return pathToFileURL(join(folder, 'src/cli/usher.ts'));
}
