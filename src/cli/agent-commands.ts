// `usher agents`: who there is, and their capacity and availability.
import type { Command } from 'commander';
import type { Static } from 'typebox';
import type { Agent } from '../contract/agents.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Session } from './session.ts';

type AgentValue = Static<typeof Agent>;

type Open = () => Promise<Session>;

export function addAgentCommands(program: Command, open: Open): void {
  const agents = program.command('agents').description('list agents, or change one');
  addList(agents, open);
  addAdd(agents, open);
  addSet(agents, open);
  agents
    .command('remove <id>')
    .description('remove an agent; what they hold goes back to the queue')
    .action(async (id: string) => {
      const { api, print } = await open();
      await api.send('DELETE', `/api/v1/agents/${id}`);
      print.lines({ id }, [`Removed ${id}.`]);
    });
}

function addList(agents: Command, open: Open): void {
  agents
    .command('list', { isDefault: true })
    .description('everybody, with load and capacity')
    .action(async () => {
      const { api, print } = await open();
      const { items } = await api.get<{ items: AgentValue[] }>('/api/v1/agents?limit=200');
      print.table(
        items,
        ['ID', 'NAME', 'AVAILABILITY', 'LOAD', 'CAPACITY', 'ELSEWHERE'],
        items.map((one) => [
          one.id,
          one.name,
          one.availability,
          one.load,
          one.effectiveCapacity,
          one.externalLoad,
        ]),
        `No agents yet. Add one: ${spellCommand('agents add <name> --online')}. Usher reads those of Qiscus once its channel is connected.`,
      );
    });
}

function addAdd(agents: Command, open: Open): void {
  agents
    .command('add <name>')
    .description('add an agent who answers in Usher')
    .option('--email <address>')
    .option('--capacity <n>', 'the most conversations at a time', Number)
    .option('--online', 'available at once')
    .action(async (name: string, options: { email?: string; capacity?: number; online?: true }) => {
      const { online, ...fields } = options;
      const availability = online === true ? 'online' : 'offline';
      const { api, print } = await open();
      const body = { name, ...fields, availability };
      const agent = await api.send<AgentValue>('POST', '/api/v1/agents', body);
      print.lines(agent, [`Added ${agent.name}: ${agent.id}`]);
    });
}

interface AgentOptions {
  capacity?: string;
  limits?: string;
  pace?: string;
  wrapUp?: string;
  availability?: string;
}

function readAgentOptions(options: AgentOptions) {
  const { capacity, limits, pace, wrapUp, availability } = options;
  return {
    ...(capacity !== undefined && { capacity: orDefault(capacity, Number) }),
    ...(limits !== undefined && { limits: orDefault(limits, readLimits) }),
    ...(pace !== undefined && { pace: orDefault(pace, Number) }),
    ...(wrapUp !== undefined && { wrapUp: orDefault(wrapUp, Number) }),
    ...(availability !== undefined && { availability }),
  };
}

function orDefault<T>(text: string, read: (text: string) => T): T | null {
  return text === 'default' ? null : read(text);
}

/** A name may have an equals sign in it. What is no number is refused by the server. */
function readLimits(text: string): Record<string, number> {
  if (text === 'none') return {};
  const pairs = text.split(',').map((pair) => {
    const at = pair.lastIndexOf('=');
    return [pair.slice(0, Math.max(at, 0)).trim(), Number(pair.slice(at + 1))] as const;
  });
  return Object.fromEntries(pairs);
}

function addSet(agents: Command, open: Open): void {
  agents
    .command('set <id>')
    .description('change capacity, limits, pace, wrap-up or availability')
    .option('--capacity <n>', 'a number, or "default"')
    .option(
      '--limits <list>',
      'the most of a kind of channel or of one channel, as webchat=3,Shop=1; "none" or "default"',
    )
    .option('--pace <seconds>', 'between two conversations from the router, or "default"')
    .option('--wrap-up <seconds>', 'for which an ended one keeps its place, or "default"')
    .option('--availability <state>', 'online, away or offline')
    .action(async (id: string, options: AgentOptions) => {
      const { api, print } = await open();
      const body = readAgentOptions(options);
      const agent = await api.send<AgentValue>('PATCH', `/api/v1/agents/${id}`, body);
      print.lines(agent, [
        `${agent.name} is ${agent.availability} and holds ${agent.load} of ${agent.effectiveCapacity}.`,
      ]);
    });
}
