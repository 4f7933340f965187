// The closing summary, for people or for programs.
import { styleText } from 'node:util';
import type { DemoOptions } from './options.ts';
import type { Report } from './report.ts';

export function sayReport(report: Report, { json, chaos }: DemoOptions): void {
  const lines = json ? [JSON.stringify(report, null, 2)] : describe(report, chaos);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function describe(report: Report, chaos: boolean): string[] {
  const { p50, p95, p99 } = report.waitMs;
  const verdict = report.held
    ? styleText('green', '✔ Every promise held.')
    : styleText('red', '✘ A promise was broken.');
  return [
    '',
    `  ${report.conversations} conversations from ${report.webhooks} webhooks${chaos ? ', with a misbehaving Qiscus' : ''}`,
    `  wait until assigned    p50 ${p50} ms   p95 ${p95} ms   p99 ${p99} ms`,
    '',
    count('agents over capacity', report.agentsOverCapacity),
    count('order violations', report.orderViolations),
    count('lost', report.lost),
    count('duplicates', report.duplicates),
    '',
    `  ${verdict}`,
    ...report.evidence.map((line) => `    ${line}`),
    '',
  ];
}

function count(name: string, value: number | null): string {
  const label = `  ${name.padEnd(22)}`;
  if (value === null)
    return `${label} ${styleText('dim', 'not judged: failed calls go back to the queue')}`;
  return `${label} ${styleText(value === 0 ? 'green' : 'red', String(value))}`;
}
