// The secrets that the first start makes and shows once, in files that only their owner may read.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

const TOKEN_FILE = 'admin-token';
const FIRST_RUN_FILE = 'first-run-code';

/** So that the command line on this machine needs no set-up. */
export async function keepToken(config: Config, token: string): Promise<void> {
  await keep(config, TOKEN_FILE, token);
}

/**
 * So that no log needs to hold it. null: somebody can sign in, and the file is deleted. Answers the
 * file.
 */
export async function keepFirstRunCode(config: Config, code: string | null): Promise<string> {
  if (code !== null) return keep(config, FIRST_RUN_FILE, code);
  const path = join(config.USHER_DATA_DIR, FIRST_RUN_FILE);
  await rm(path, { force: true });
  return path;
}

/** null: this installation keeps none. */
export async function readKeptToken(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, TOKEN_FILE), 'utf8').catch(() => null);
  return text?.trim() ?? null;
}

/** What a backup takes along, by the names of the files. */
export async function readKept(dataDir: string): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const file of [TOKEN_FILE, FIRST_RUN_FILE]) {
    const text = await readFile(join(dataDir, file), 'utf8').catch(() => null);
    if (text !== null) kept.set(file, text.trim());
  }
  return kept;
}

/** Files of other names are left out: a backup is no way to write anywhere. Answers those that were there already. */
export async function putBack(
  config: Config,
  files: ReadonlyMap<string, string>,
): Promise<string[]> {
  const there = await readKept(config.USHER_DATA_DIR);
  for (const file of [TOKEN_FILE, FIRST_RUN_FILE]) {
    const text = files.get(file);
    if (text !== undefined && !there.has(file)) await keep(config, file, text);
  }
  return [...there.keys()].filter((file) => files.has(file));
}

async function keep(config: Config, file: string, text: string): Promise<string> {
  await mkdir(config.USHER_DATA_DIR, { recursive: true });
  const path = join(config.USHER_DATA_DIR, file);
  await writeFile(path, `${text}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  return path;
}
