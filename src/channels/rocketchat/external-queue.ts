// Answers Rocket.Chat's External routing: whom a room is to be given that it makes by itself.
import type { Handover } from '../../contract/channels.ts';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import type { Desk } from '../../desk/context.ts';
import {
  endReservations,
  HELD_MS,
  noteTakenThere,
  type Question,
  reserveAgents,
} from '../../desk/reserve-agents.ts';
import { gatherRequests } from './gather-requests.ts';

export interface ExternalQueue {
  /** The username of an agent; null: nobody is free. `query`: as a stranger may have written it. */
  ask(channelId: string, query: unknown): Promise<string | null>;
  /** Whether Rocket.Chat has asked this node within a day. */
  wasAsked(channelId: string): boolean;
  /** It told that an agent has a room which is none of ours. */
  noteTaken(args: {
    workspaceId: string;
    channelId: string;
    externalId: string;
    roomId: string;
  }): Promise<void>;
  close(): void;
}

const DAY_MS = 86_400_000;

export function openExternalQueue({
  desk,
  directory,
}: {
  desk: Desk;
  directory: Pick<ChannelDirectory, 'ofKind'>;
}): ExternalQueue {
  const { clock, log } = desk;
  const askedAt = new Map<string, number>();
  const timers = new Set<() => void>();
  // The next question and the next look end them too; this gives the place back at once.
  const endLater = (workspaceId: string): void => {
    const cancel = clock.after(HELD_MS + 1, () => {
      timers.delete(cancel);
      endReservations(desk, workspaceId).catch((error: unknown) =>
        log.warn({ err: error, workspaceId }, 'ending places held for Rocket.Chat failed'),
      );
    });
    timers.add(cancel);
  };
  const gathered = gatherRequests(clock, async (question: Question, requests) => {
    const answers = await reserveAgents(desk, question, requests);
    if (answers.some((username) => username !== null)) endLater(question.workspaceId);
    return answers;
  });
  return {
    ask: async (channelId, query) => {
      const channel = directory.ofKind('rocketchat').find((one) => one.channelId === channelId);
      if (channel === undefined) return null;
      askedAt.set(channelId, clock.elapsed());
      const departmentId = readId(query, 'departmentId');
      const ignoredId = readId(query, 'ignoreAgentId');
      const { workspaceId, config } = channel;
      const teamId = findTeam(config.handovers, departmentId);
      const key = JSON.stringify([channelId, departmentId, ignoredId]);
      return gathered(key, {
        ...{ workspaceId, channelId, departmentId, teamId, ignoredId },
      });
    },
    wasAsked: (channelId) => {
      const at = askedAt.get(channelId);
      return at !== undefined && clock.elapsed() - at < DAY_MS;
    },
    noteTaken: (args) => noteTakenThere(desk, args),
    close: () => {
      for (const cancel of timers) cancel();
    },
  };
}

/** The one team that is handed over to the department: its agents answer there. null: none, or several. */
function findTeam(handovers: readonly Handover[] = [], departmentId: string | null): string | null {
  const [one, ...more] = handovers.filter((each) => each.departmentId === departmentId);
  return more.length === 0 ? (one?.teamId ?? null) : null;
}

/** An id as Rocket.Chat makes them; null: none, or something else. */
function readId(query: unknown, name: string): string | null {
  const value = (query as Record<string, unknown>)[name];
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : null;
}
