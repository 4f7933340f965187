// `usher demo`: runs the demonstration, which lives outside src because it needs the stand-ins.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CommandFailed } from './api-client.ts';

// Beside this file in the source tree and in the built one alike.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const program = (name: string) =>
  new URL(`../../sandbox/demo/${name}.${extension}`, import.meta.url);

const ONLY_CHECK = ['agents', 'rate', 'chaos', 'seed', 'json'];

export function refuseWithoutCheck(options: Record<string, string | boolean>): void {
  const given = ONLY_CHECK.filter((name) => options[name] !== undefined);
  if (options.check || options.rocketchat || given.length === 0) return;
  const names = given.map((name) => `--${name}`).join(', ');
  throw new CommandFailed(`${names}: only with --check or --rocketchat.`, 2);
}

/** Which program shows what was asked for. `check` and the desk elsewhere are short, and judged at the end. */
function nameProgram({ check, rocketchat, lab }: Record<string, string | boolean>): string {
  if (lab) return 'run-lab';
  if (rocketchat) return 'run-rocketchat';
  return check ? 'run-check' : 'run-company';
}

/** Answers the demonstration's exit code: 0 only if every promise held. */
export function runDemo(options: Record<string, string | boolean>): Promise<number> {
  const file = fileURLToPath(program(nameProgram(options)));
  if (!existsSync(file)) {
    throw new CommandFailed('The demo needs a checkout of the sources: the package is without it.');
  }
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
