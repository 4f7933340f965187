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
    .option('--state <state>', 'waiting, assigned or closed')
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

function addVerbs(conversations: Command, open: Open): void {
  const act = async (id: string, verb: string, body: object): Promise<void> => {
    const { api, print } = await open();
    const path = `/api/v1/conversations/${id}/${verb}`;
    const one = await api.send<Conversation>('POST', path, body);
    const who = one.agentId === null ? 'nobody' : `agent ${one.agentId}`;
    print.lines(one, [`${one.id} is ${one.state}, with ${who}.`]);
  };
  conversations
    .command('assign <id> <agent>')
    .description('give a waiting conversation to an agent')
    .option('--force', 'even beyond the capacity')
    .action((id: string, agentId: string, { force = false }: { force?: boolean }) =>
      act(id, 'assign', { agentId, force }),
    );
  conversations
    .command('transfer <id>')
    .description('move it to another agent or to a team')
    .option('--agent <id>')
    .option('--team <id>')
    .option('--force', 'even beyond the capacity')
    .action((id: string, options: { agent?: string; team?: string; force?: boolean }) =>
      act(
        id,
        'transfer',
        options.team === undefined
          ? { agentId: options.agent, force: options.force ?? false }
          : { teamId: options.team },
      ),
    );
  conversations
    .command('requeue <id>')
    .description('back to the queue, at its old place')
    .option('--reason <text>')
    .action((id: string, options: { reason?: string }) => act(id, 'requeue', options));
  conversations
    .command('close <id>')
    .description('end it')
    .option('--reason <text>')
    .option('--note <text>')
    .action((id: string, options: { reason?: string; note?: string }) => act(id, 'close', options));
}
