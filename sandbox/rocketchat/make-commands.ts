// What somebody can have the emulator do from outside its process: a JSON object a line.
import type { Fault } from './faults.ts';
import type { RocketChat } from './start-rocketchat.ts';
import type { LivechatStatus, Presence } from './state.ts';

interface Command {
  do: string;
  [field: string]: unknown;
}

export function makeCommands(rocketchat: RocketChat): (line: string) => Promise<string> {
  const { people, world } = rocketchat;
  const text = (value: unknown) => String(value ?? '');
  const optional = (value: unknown) => (value === undefined ? undefined : String(value));

  const doings: Record<string, (command: Command) => unknown> = {
    rooms: () => [...world.state.rooms.values()],
    messages: ({ rid }) => world.state.messagesByRoom.get(text(rid)) ?? [],
    answer: (given) => people.answer(text(given.agent), text(given.rid), text(given.text)),
    edit: (given) => people.edit(text(given.agent), text(given.message), text(given.text)),
    take: (given) => people.take(text(given.agent), text(given.rid)),
    forward: ({ agent, rid, to, department }) =>
      people.forward(text(agent), text(rid), {
        ...(to !== undefined && { agent: text(to) }),
        ...(department !== undefined && { departmentId: text(department) }),
      }),
    return: ({ rid, department }) => people.returnToQueue(text(rid), optional(department)),
    close: ({ agent, rid, comment }) => people.close(text(agent), text(rid), optional(comment)),
    status: ({ agent, status, statusLivechat }) =>
      people.setStatus(text(agent), {
        ...(status !== undefined && { status: status as Presence }),
        ...(statusLivechat !== undefined && { statusLivechat: statusLivechat as LivechatStatus }),
      }),
    fault: ({ fault, path, times }) =>
      rocketchat.faults.next(fault as Fault, { path: text(path), times: Number(times ?? 1) }),
    advance: ({ ms }) => rocketchat.clock.advance(Number(ms)),
    down: () => rocketchat.goDown(),
    up: () => rocketchat.comeBack(),
    restart: () => rocketchat.restart(),
  };

  /** The outcome as a line of JSON. */
  return async (line) => {
    try {
      const command = JSON.parse(line) as Command;
      const doing = doings[command.do];
      if (doing === undefined) {
        return JSON.stringify({ error: `unknown; there are: ${Object.keys(doings).join(', ')}` });
      }
      const outcome = (await doing(command)) ?? null;
      return JSON.stringify({ did: command.do, outcome });
    } catch (error) {
      return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
    }
  };
}
