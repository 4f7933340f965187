// `usher demo`: runs the demonstration, which lives outside src because it needs the stand-ins.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Beside this file in the source tree and in the built one alike.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const program = (name: string) =>
  new URL(`../../sandbox/demo/${name}.${extension}`, import.meta.url);

/** Answers the demonstration's exit code: 0 only if every promise held. `chat`: the one to talk with. */
export function runDemo(options: Record<string, string | boolean>): Promise<number> {
  const file = fileURLToPath(program(options.chat ? 'run-chat' : 'run-demo'));
  const child = spawn(process.execPath, [file, JSON.stringify(options)], { stdio: 'inherit' });
  // The terminal sends its interrupt to both; the child ends in order and this one waits for it.
  const wait = () => {};
  process.on('SIGINT', wait);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
