// An example in a folder of its own, with what its package.json names, as whoever copies it has it.
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Child, startProgram } from '../faults/run-program.ts';
import { installClient } from './install-client.ts';

export interface Example {
  folder: string;
  /** Answers when it has said that it is open. */
  start(environment: Record<string, string>): Promise<Running>;
}
export interface Running {
  child: Child;
  /** What it has printed. */
  printed(): string;
}

/** Besides the client, which is installed from its package, it gets what is installed here. */
export async function installExample(name: string): Promise<Example> {
  const folder = await installClient();
  const source = join('examples', name);
  await cp(source, folder, { recursive: true });
  const { dependencies } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const other of Object.keys(dependencies).filter((one) => one !== '@usher/client')) {
    const link = join(folder, 'node_modules', other);
    await mkdir(dirname(link), { recursive: true });
    await symlink(resolve('node_modules', other), link);
  }
  return { folder, start: (environment) => start(join(folder, 'bridge.ts'), environment) };
}

async function start(path: string, environment: Record<string, string>): Promise<Running> {
  const child = startProgram(path, [], environment);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (text.includes('The bridge is open.')) resolve();
    });
    child.once('exit', () => reject(new Error(`The bridge ended: ${text}`)));
  });
  return { child, printed: () => text };
}
