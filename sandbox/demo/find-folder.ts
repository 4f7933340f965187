// Where a folder of the package is, seen from the source and from what is built of it.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The nearest above `from` that has it. Throws where there is none. */
export async function findFolder(name: string, from: string): Promise<string> {
  const here = join(from, name);
  const found = await stat(here).catch(() => null);
  if (found?.isDirectory()) return here;
  if (dirname(from) === from) throw new Error(`${name} is missing: it is not part of this copy.`);
  return findFolder(name, dirname(from));
}
