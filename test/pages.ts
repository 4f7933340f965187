// The pages that browsers are shown, built once before all tests: no test builds.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/build-pages.ts']);
}
