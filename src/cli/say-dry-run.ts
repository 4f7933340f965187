// What a dry run of a policy foretold, as lines for a terminal.
import type { DryRun, MovedConversation, Standing } from '../contract/policy/dry-run.ts';
import { clean, formatTable } from './print.ts';

export function sayDryRun({ waiting, last, rules, plans }: DryRun): string[] {
  return [
    '',
    `Of the ${countTried(waiting)} that wait now and the ${countTried(last)} last ones, ${waiting.elsewhere} and ${last.elsewhere} would go elsewhere.`,
    ...section('Rules', ['RULE', 'WAITING', 'LAST', ''], rules.map(sayRule)),
    ...section('Plans', ['PLAN', 'WAITING', 'LAST'], plans.map(sayPlan)),
    ...sayMoved('Of those that wait', waiting),
    ...sayMoved('Of the last ones', last),
  ];
}

function countTried({ of, tried }: DryRun['waiting']): string {
  return tried === of ? String(of) : `${of} (${tried} of them tried)`;
}

function section(title: string, header: string[], rows: Cell[][]): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, ...formatTable(header, rows)];
}

type Cell = string | number | null;

function sayRule({ rule, waiting, last }: DryRun['rules'][number]): Cell[] {
  return [rule, waiting, last, waiting + last === 0 ? 'matches nothing' : ''];
}

function sayPlan({ plan, before, after }: DryRun['plans'][number]): Cell[] {
  const change = (part: 'waiting' | 'last') => `${before[part]} → ${after[part]}`;
  return [plan, change('waiting'), change('last')];
}

function sayMoved(title: string, { elsewhere, moved }: DryRun['waiting']): string[] {
  const rest = elsewhere - moved.length;
  return [
    ...section(title, ['CONVERSATION', 'CONTACT', 'RULE', 'WHAT CHANGES'], moved.map(sayOne)),
    ...(rest === 0 ? [] : [`And ${rest} more.`]),
  ];
}

function sayOne({ conversationId, contactName, from, to }: MovedConversation): Cell[] {
  const changes = (['plan', 'step', 'team', 'skills', 'priority', 'ends'] as const).flatMap(
    (part) => {
      const [was, is] = [sayPart(from, part), sayPart(to, part)];
      return was === is ? [] : [`${part} ${was} → ${is}`];
    },
  );
  return [conversationId, contactName, to.rule, clean(changes.join(', '))];
}

function sayPart(stands: Standing, part: keyof Standing): string {
  if (part !== 'skills') return String(stands[part] ?? '–');
  const skills = Object.entries(stands.skills).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return skills.map(([name, level]) => `${name} ${level}`).join(' + ') || '–';
}
