// Reads a livechat room as it is now.
import type { ILivechatRoom } from '@rocket.chat/apps-engine/definition/livechat';
import type { Means } from './means';

export async function findRoom({ read }: Means, roomId: string): Promise<ILivechatRoom | null> {
  return ((await read.getRoomReader().getById(roomId)) as ILivechatRoom | undefined) ?? null;
}
