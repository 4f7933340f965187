// `usher balance`: which conversations would move so that agents share the load evenly; `--apply` moves them.
import type { Command } from 'commander';
import type { BalancePlan, BalanceResult, BalanceUndone } from '../contract/balance.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

interface Options {
  team?: string;
  apply?: true;
  undo?: string;
}

export function addBalanceCommands(program: Command, open: Open): void {
  program
    .command('balance')
    .description(
      'the fewest moves of unanswered conversations that even out load; --apply makes them',
    )
    .option('--team <id>', 'only among its agents')
    .option('--apply', 'make the moves, all or none')
    .option('--undo <id>', 'give back what that re-balance has moved')
    .action(async ({ team, apply, undo }: Options) => {
      const { api, print } = await open();
      if (undo !== undefined) return undoOne({ api, print }, undo);
      const query = team === undefined ? '' : `?teamId=${encodeURIComponent(team)}`;
      const plan = await api.get<BalancePlan>(`/api/v1/balance${query}`);
      if (apply === undefined || plan.moves.length === 0) return showPlan(print, plan);
      const moves = plan.moves.map(({ conversationId, from, to }) => ({
        ...{ conversationId, from: from.agentId, to: to.agentId },
      }));
      const body = { teamId: plan.teamId, moves };
      const done = await api.send<BalanceResult>('POST', '/api/v1/balance', body);
      print.lines(done, [
        `Moved ${done.moved}. ${sayEvenness(done)}`,
        `To undo it: ${spellCommand(`balance --undo ${done.id}`)}`,
      ]);
    });
}

async function undoOne({ api, print }: Session, id: string): Promise<void> {
  const path = `/api/v1/balance/${encodeURIComponent(id)}/undo`;
  const { moved, left } = await api.send<BalanceUndone>('POST', path);
  const stay = left.map(({ conversationId, obstacle }) => `${conversationId} stays: ${obstacle}`);
  print.lines({ moved, left }, [`Gave back ${moved}.`, ...stay]);
}

function showPlan(print: Session['print'], plan: BalancePlan): void {
  const shares = new Map(plan.shares.map((share) => [share.agentId, share]));
  const change = (agentId: string) => {
    const share = shares.get(agentId);
    return share === undefined ? '' : `${percent(share.before)} → ${percent(share.after)}`;
  };
  print.table(
    plan,
    ['CONVERSATION', 'CONTACT', 'FROM', 'LOAD', 'TO', 'LOAD'],
    plan.moves.map(({ conversationId, contact, from, to }) => [
      ...[conversationId, contact, from.agentName, change(from.agentId)],
      ...[to.agentName, change(to.agentId)],
    ]),
    `No move makes the load more even. ${sayEvenness({ before: plan.before, after: plan.before })}`,
  );
}

function sayEvenness({ before, after }: Pick<BalancePlan, 'before' | 'after'>): string {
  const say = ({ lowest, highest }: typeof before) => `${percent(lowest)} to ${percent(highest)}`;
  const index = ({ jain }: typeof before) => (jain === null ? '–' : jain.toFixed(3));
  if (before === after) return `Load is from ${say(before)}, Jain's index ${index(before)}.`;
  return `Load was from ${say(before)} and is from ${say(after)}; Jain's index ${index(before)} → ${index(after)}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
