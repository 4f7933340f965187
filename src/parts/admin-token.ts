// The token that the first start makes, kept where the command line on the same machine finds it.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

const TOKEN_FILE = 'admin-token';

/** So that the command line on this machine needs no set-up. Only its owner may read it. */
export async function keepToken(config: Config, token: string): Promise<void> {
  await mkdir(config.USHER_DATA_DIR, { recursive: true });
  const path = join(config.USHER_DATA_DIR, TOKEN_FILE);
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

/** null: this installation keeps none. */
export async function readKeptToken(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, TOKEN_FILE), 'utf8').catch(() => null);
  return text?.trim() ?? null;
}
