// Usher as a process of its own, to be killed: on a known port, so that it comes back where it was.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { type Node, openNode, ownProgram } from '../../src/torture/open-node.ts';
import { TOKEN } from '../makers/start-test-usher.ts';
import { type ErrorWatch, watchErrors } from '../makers/watch-errors.ts';

export interface ServerProcess extends Omit<Node, 'update'> {
  /** Says which error lines this test may cause; any other fails it in the end. */
  expectErrors: ErrorWatch['expectErrors'];
  /** From its next start on it is of the code of the project, if it was of another. */
  update(): void;
}

/** Started, but perhaps not yet ready; `PORT` where it must be a certain one. `program`: of another release. */
export async function startServerProcess(
  environment: Record<string, string>,
  { program }: { program?: URL } = {},
): Promise<ServerProcess> {
  const port = environment.PORT ?? String(await findFreePort());
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-faults-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const errors = watchErrors();
  onTestFinished(errors.check);
  const node = openNode({
    ...{ port, program },
    environment: {
      USHER_DATA_DIR: dataDir,
      USHER_ADMIN_TOKEN: TOKEN,
      LOG_LEVEL: 'warn',
      DATABASE_POOL_SIZE: '6',
      ...environment,
    },
    onOutput: errors.read,
  });
  onTestFinished(node.kill);
  node.start();
  return { ...node, expectErrors: errors.expectErrors, update: () => node.update(ownProgram) };
}
