// The pages that browsers are shown, and the client for programs, built once before all tests: no test builds.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export async function setup(): Promise<void> {
  const run = promisify(execFile);
  await run(process.execPath, ['scripts/build-pages.ts']);
  await run(process.execPath, ['scripts/build-client.ts']);
}
