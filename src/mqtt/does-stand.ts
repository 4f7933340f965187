// Checks whether a visitor who was let in still has the right: a proof elsewhere, or a sign-out, ends it.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { makeGather } from '../store/gather.ts';
import { listStandingWebSessions } from '../store/web-sessions.ts';
import { maySit, type Visitor } from './identity.ts';

/** One look-up serves all callers of the same moment. */
export async function doesStand(
  { desk, directory }: { desk: Pick<Desk, 'db'>; directory: ChannelDirectory },
  visitor: Visitor,
): Promise<boolean> {
  if (!maySit(directory, visitor)) return false;
  const { workspaceId, sessionId } = visitor.session;
  return stand(desk, workspaceId, sessionId);
}

const stand = makeGather(async ({ db }: Pick<Desk, 'db'>, workspaceId: string, asked: string[]) => {
  const sessionIds = [...new Set(asked)];
  const standing = new Set(await listStandingWebSessions(db, { workspaceId, sessionIds }));
  return asked.map((id) => standing.has(id));
});
