// Published payloads of cross-site scripting: an eighth of them, or with USHER_LONG_TESTS=1 all 2,200.
import { readFile } from 'node:fs/promises';

const areAll = process.env.USHER_LONG_TESTS === '1';

export const whichPayloads = areAll ? 'all published payloads' : 'every eighth published payload';

export async function readPayloads(): Promise<string[]> {
  const text = await readFile('test/fixtures/xss-payloads.txt', 'utf8');
  const all = text.trimEnd().split('\n');
  return areAll ? all : all.filter((_, index) => index % 8 === 0);
}
