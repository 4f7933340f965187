// `usher conversations`, `usher queue` and `usher explain`: what waits, who has what, and why.
import type { Command } from 'commander';
import type { Static } from 'typebox';
import type { Conversation } from '../contract/conversation.ts';
import type { Decisions } from '../contract/decisions.ts';
import { isOnlySaid } from '../contract/display-name.ts';
import type { WhyNot } from '../contract/why-not.ts';
import type { Queue } from '../contract/workspace.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

interface TransferOptions {
  agent?: string;
  team?: string;
  plan?: string;
  note?: string;
  force?: boolean;
}

export function addConversationCommands(program: Command, open: Open): void {
  addReading(program, open);
  addVerbs(program.commands.find((one) => one.name() === 'conversations') as Command, open);
  program
    .command('queue')
    .description('what waits, how long, and how much room there is')
    .action(async () => {
      const { api, print } = await open();
      const queue = await api.get<Static<typeof Queue>>('/api/v1/queue');
      print.lines(queue, [
        `${queue.waiting} waiting (${queue.held} held back), the first for ${Math.round(queue.longestWaitSeconds)} s`,
        `${queue.assigned} assigned; ${queue.agentsOnline} agents online with room for ${queue.freeCapacity} more`,
        `${Number(queue.assignedPerMinute.toFixed(1))} assignments a minute over the last ten`,
      ]);
    });
  program
    .command('explain <conversation>')
    .description('why an agent got it, or why it still waits')
    .action(async (id: string) => {
      const { api, print } = await open();
      const answer = await api.get<Decisions>(`/api/v1/conversations/${id}/decisions`);
      print.lines(answer, answer.explanation);
    });
}

function addReading(program: Command, open: Open): void {
  const conversations = program
    .command('conversations')
    .description('list conversations, or act on one');
  conversations
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--state <state>', 'waiting, assigned, parked, closed or open')
    .option('--agent <id>')
    .option('--limit <n>', 'how many, up to 200', '50')
    .action(async (options: { state?: string; agent?: string; limit: string }) => {
      const { api, print } = await open();
      const query = new URLSearchParams({ limit: options.limit });
      if (options.state !== undefined) query.set('state', options.state);
      if (options.agent !== undefined) query.set('agentId', options.agent);
      const path = `/api/v1/conversations?${query}`;
      const { items } = await api.get<{ items: Conversation[] }>(path);
      print.table(
        items,
        ['ID', 'STATE', 'ROOM', 'CONTACT', 'AGENT', 'QUEUED'],
        items.map((one) => [
          one.id,
          one.state,
          one.externalId,
          isOnlySaid(one.contact)
            ? `${one.contact.displayName} (not proved)`
            : one.contact.displayName,
          one.agentId,
          one.queuedAt,
        ]),
        `No conversations. They come from channels. List those: ${spellCommand('channels')}. See some: ${spellCommand('demo')}`,
      );
    });
  conversations
    .command('show <id>')
    .description('everything about one')
    .action(async (id: string) => {
      const { api, print } = await open();
      const one = await api.get<Conversation>(`/api/v1/conversations/${id}`);
      print.lines(
        one,
        Object.entries(one).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
      );
    });
  conversations
    .command('why-not <id> <agent>')
    .description('why it is not with this agent')
    .action(async (id: string, agentId: string) => {
      const { api, print } = await open();
      const found = await api.get<WhyNot>(`/api/v1/conversations/${id}/why-not/${agentId}`);
      const { explanation, todayExplanation } = found;
      const today = todayExplanation.map((sentence) => `Now: ${sentence}`);
      print.lines(found, [...explanation, ...today]);
    });
}

type Act = (id: string, verb: string, body: object) => Promise<void>;

function addVerbs(conversations: Command, open: Open): void {
  const act: Act = async (id, verb, body) => {
    const { api, print } = await open();
    const path = `/api/v1/conversations/${id}/${verb}`;
    const one = await api.send<Conversation>('POST', path, body);
    const who = one.agentId === null ? 'nobody' : `agent ${one.agentId}`;
    print.lines(one, [`${one.id} is ${one.state}, with ${who}.`]);
  };
  addGiving(conversations, act);
  addPutting(conversations, act);
}

function addGiving(conversations: Command, act: Act): void {
  conversations
    .command('assign <id> <agent>')
    .description('give a waiting conversation to an agent')
    .option('--force', 'even beyond the capacity')
    .action((id: string, agentId: string, { force = false }: { force?: boolean }) =>
      act(id, 'assign', { agentId, force }),
    );
  conversations
    .command('transfer <id>')
    .description('move it to another agent, to a team or into a plan')
    .option('--agent <id>')
    .option('--team <id>')
    .option('--plan <name>')
    .option('--note <text>', 'for whoever gets it')
    .option('--force', 'even beyond the capacity')
    .action((id: string, { agent, team, plan, force = false, ...said }: TransferOptions) => {
      if (plan !== undefined) return act(id, 'transfer', { plan, ...said });
      const to = team === undefined ? { agentId: agent, force } : { teamId: team };
      return act(id, 'transfer', { ...to, ...said });
    });
  conversations
    .command('return <id>')
    .description('give it back to who handed it over')
    .option('--note <text>')
    .option('--force', 'even to whom is away or full')
    .action((id: string, options: { note?: string; force?: boolean }) =>
      act(id, 'return', options),
    );
}

function addPutting(conversations: Command, act: Act): void {
  conversations
    .command('requeue <id>')
    .description('back to the queue, at its old place')
    .option('--reason <text>')
    .action((id: string, options: { reason?: string }) => act(id, 'requeue', options));
  conversations
    .command('park <id>')
    .description('set it aside until a time, or until the contact writes')
    .option('--until <time>', 'as 2026-12-24T09:00:00+07:00; absent: until the contact writes')
    .action((id: string, { until }: { until?: string }) =>
      act(id, 'park', until === undefined ? {} : { until }),
    );
  conversations
    .command('unpark <id>')
    .description('bring back what is parked')
    .action((id: string) => act(id, 'unpark', {}));
  conversations
    .command('close <id>')
    .description('end it')
    .option('--reason <text>')
    .option('--note <text>')
    .action((id: string, options: { reason?: string; note?: string }) => act(id, 'close', options));
}
