// Tells the desk which bots did not take what was sent to them, and which do.
import type { Clock } from '../clock.ts';
import { eachAlone } from '../loops/each-alone.ts';
import type { Attempt } from './attempt-once.ts';

export interface BotDesk {
  fail(args: {
    workspaceId: string;
    agentId: string;
    conversationId: string;
    result: string;
    /** Nothing gets through to it. */
    isGone: boolean;
  }): Promise<void>;
  revive(args: { workspaceId: string; agentId: string }): Promise<void>;
}

/** Of a bot that is well the desk is asked at this interval, and not with every message. */
const LOOK_AGAIN_MS = 1000;

/** For onAttempts of the loop. */
export function watchBots({ desk, clock }: { desk: BotDesk; clock: Clock }) {
  const wellUntil = new Map<string, number>();
  return async (workspaceId: string, attempts: readonly Attempt[]): Promise<void> => {
    const ofBots = attempts.filter(({ carried }) => carried.botId != null);
    const failed = ofBots.filter(({ carried }) => carried.state !== 'done');
    const gone = new Set(failed.filter(isGone).map(({ carried }) => carried.botId as string));
    await eachAlone(failed, async ({ delivery, carried }) => {
      const agentId = carried.botId as string;
      wellUntil.delete(agentId);
      const { streamId: conversationId } = delivery;
      const about = { conversationId, result: carried.result, isGone: gone.has(agentId) };
      await desk.fail({ workspaceId, agentId, ...about });
    });
    const well = new Set(
      ofBots.flatMap(({ carried }) => (carried.state === 'done' ? [carried.botId as string] : [])),
    );
    const news = [...well].filter(
      (agentId) => !gone.has(agentId) && (wellUntil.get(agentId) ?? 0) < clock.elapsed(),
    );
    await eachAlone(news, async (agentId) => {
      await desk.revive({ workspaceId, agentId });
      wellUntil.set(agentId, clock.elapsed() + LOOK_AGAIN_MS);
    });
  };
}

/** No answer, or one that is not about this conversation. A refusal of one event is about that one. */
function isGone({ carried: { status = null, gone = false } }: Attempt): boolean {
  return gone || status === null || status >= 500 || status === 429 || status === 404;
}
