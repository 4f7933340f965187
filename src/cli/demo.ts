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
  // Listened to before there is a child: it ends in order, and this one waits for it.
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  const child = spawn(process.execPath, [file, JSON.stringify(options)], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
