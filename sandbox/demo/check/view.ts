// The output of a running demonstration: a live picture on a terminal, plain lines elsewhere.
import { styleText } from 'node:util';
import type { Agent } from '../../../src/contract/agents.ts';
import type { QiscusEmulator } from '../../qiscus/emulator.ts';
import type { DemoOptions } from './options.ts';
import type { Watch } from './watch.ts';

export interface View {
  say(line: string): void;
  stop(): void;
}

const LIVE_EVERY_MS = 250;
const PLAIN_EVERY_MS = 2000;
const MAX_AGENTS_SHOWN = 16;
const DECISIONS_SHOWN = 5;
const CLEAR = '\u001b[H\u001b[J';
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?1049l\u001b[?25h';

export function startView(options: {
  watch: Watch;
  qiscus: QiscusEmulator;
  options: DemoOptions;
  capacity: number;
}): View {
  if (options.options.json) return { say: () => {}, stop: () => {} };
  const live = process.stdout.isTTY;
  const began = Date.now();
  const write = (text: string) => void process.stdout.write(text);
  let notice = '';
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const draw = async (): Promise<void> => {
    const seconds = (Date.now() - began) / 1000;
    const text = live
      ? `${CLEAR}${await drawPicture({ ...options, seconds, notice })}`
      : await drawLine(options.watch, seconds);
    if (!stopped) write(text);
  };
  const loop = (): void => {
    draw()
      .catch(() => undefined)
      .finally(() => {
        if (!stopped) timer = setTimeout(loop, live ? LIVE_EVERY_MS : PLAIN_EVERY_MS);
      });
  };
  if (live) write(ENTER);
  loop();
  return {
    say: (line) => {
      notice = line;
      if (!live) write(`${line}\n`);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      if (live) write(LEAVE);
    },
  };
}

async function drawLine(watch: Watch, seconds: number): Promise<string> {
  const { waiting, assigned, freeCapacity, longestWaitSeconds } = await watch.queue();
  const wait = longestWaitSeconds.toFixed(1);
  return `${seconds.toFixed(0).padStart(4)} s  ${waiting} waiting (longest ${wait} s), ${assigned} with agents, room for ${freeCapacity}\n`;
}

async function drawPicture(args: {
  watch: Watch;
  options: DemoOptions;
  capacity: number;
  seconds: number;
  notice: string;
}): Promise<string> {
  const { watch, options } = args;
  const [queue, agents, recent] = await Promise.all([
    watch.queue(),
    watch.agents(),
    watch.conversations(DECISIONS_SHOWN, 'assigned'),
  ]);
  const reasons = await Promise.all(
    recent.map(async ({ id, contact }) => {
      const { explanation } = await watch.decisions(id);
      return `  ${(contact.name ?? '').padEnd(14)} ${styleText('dim', explanation[0] ?? '')}`;
    }),
  );
  const chaos = options.chaos ? styleText('yellow', '  Qiscus misbehaves') : '';
  return [
    `${styleText('bold', 'Usher')} shows every customer to the right agent${chaos}`,
    `${args.seconds.toFixed(0)} s of ${options.durationSeconds} s   ${args.notice}`,
    '',
    ...drawAgents(agents),
    '',
    `queue  ${drawQueue(queue.waiting)} ${queue.waiting} waiting, longest ${queue.longestWaitSeconds.toFixed(1)} s`,
    '',
    'last decisions',
    ...reasons,
    '',
  ].join('\n');
}

function drawAgents(agents: Agent[]): string[] {
  const shown = [...agents]
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, MAX_AGENTS_SHOWN)
    .map(({ name, load, effectiveCapacity, availability }) => {
      const full = load >= effectiveCapacity;
      const bar = '■'.repeat(load) + '·'.repeat(Math.max(0, effectiveCapacity - load));
      const state = availability === 'online' ? `${load} of ${effectiveCapacity}` : availability;
      return `  ${name.padEnd(10)} ${styleText(full ? 'yellow' : 'green', bar)} ${state}`;
    });
  const rest = agents.length - shown.length;
  return rest > 0 ? [...shown, `  … and ${rest} more`] : shown;
}

function drawQueue(waiting: number): string {
  return styleText('cyan', '●'.repeat(Math.min(waiting, 60)));
}
