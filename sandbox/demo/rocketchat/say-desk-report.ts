// The closing summary, for people or for programs.
import { styleText } from 'node:util';
import type { DemoOptions } from '../check/options.ts';
import type { Arrived } from './compare-texts.ts';
import type { DeskReport } from './read-report.ts';

export function sayDeskReport(report: DeskReport, { json, chaos }: DemoOptions): void {
  const lines = json ? [JSON.stringify(report, null, 2)] : describe(report, chaos);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function describe(report: DeskReport, chaos: boolean): string[] {
  const { conversations, messages, waitMs, toAgents, toCustomers } = report;
  const about = chaos ? ', with outages, faults and people who forward by hand' : '';
  return [
    '',
    `  ${conversations} conversations${about}`,
    `  ${messages.customers} messages to agents, ${messages.agents} to customers`,
    `  from the ticket to the room    p50 ${waitMs.p50} ms   p95 ${waitMs.p95} ms`,
    '',
    ...name('to agents', toAgents),
    ...name('to customers', toCustomers),
    count('unfinished', report.unfinished),
    count('refused to RapidPro', report.failures),
    count('agents over capacity', report.agentsOverCapacity),
    '',
    report.held
      ? `  ${styleText('green', '✔ Every promise held.')}`
      : `  ${styleText('red', '✘ A promise was broken.')}`,
    ...report.evidence.map((line) => `    ${line}`),
    '',
  ];
}

function name(way: string, { lost, doubled, overtaken }: Arrived): string[] {
  return [
    count(`lost ${way}`, lost),
    count(`doubled ${way}`, doubled),
    count(`overtaken ${way}`, overtaken),
  ];
}

function count(label: string, value: number | null): string {
  const shown = `  ${label.padEnd(24)}`;
  if (value === null) return `${shown} ${styleText('dim', 'not judged: people forward by hand')}`;
  return `${shown} ${styleText(value === 0 ? 'green' : 'red', String(value))}`;
}
