// Reads a livechat room as it is now.
import type { ILivechatRoom } from '@rocket.chat/apps-engine/definition/livechat';
import type { Means } from './means';

export async function findRoom({ read }: Means, roomId: string): Promise<ILivechatRoom | null> {
  return ((await read.getRoomReader().getById(roomId)) as ILivechatRoom | undefined) ?? null;
}

/** null as well where the server fails to read it, which the log says. */
export async function tryFindRoom(means: Means, roomId: string): Promise<ILivechatRoom | null> {
  try {
    return await findRoom(means, roomId);
  } catch (error) {
    means.log.warn(`Room ${roomId} could not be read: ${String(error)}`);
    return null;
  }
}
