// Says of a waiting conversation which department of a mirror chooses its agent, and what stands against that.
import type { Handover } from '../contract/channels.ts';
import type { Reason } from '../contract/reasons.ts';
import { listChannels } from '../store/channels.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { findHandoverTrouble } from '../store/hand-over.ts';
import type { Db } from '../store/sql.ts';

/** `isAlone`: our routing gives it to nobody. */
export async function explainHandover(
  db: Db,
  key: { workspaceId: string; conversationId: string },
  { handedTo, handedUntil }: Pick<ConversationRow, 'handedTo' | 'handedUntil'>,
): Promise<{ isAlone: boolean; reasons: Reason[] }> {
  const isAlone = handedUntil !== null;
  const [channelId = '', departmentId = ''] = handedTo?.split(':') ?? [];
  const channels = await listChannels(db, key.workspaceId);
  const channel = channels.find((one) => one.channelId === channelId);
  if (channel === undefined) return { isAlone, reasons: [] };
  const handovers = (channel.config.handovers ?? []) as Handover[];
  const found = handovers.find((one) => one.departmentId === departmentId);
  const until = handedUntil instanceof Date ? handedUntil.toISOString() : null;
  const { name: channelName } = channel;
  const department = found?.department ?? departmentId;
  const text = await findHandoverTrouble(db, { ...key, channelId });
  return {
    isAlone,
    reasons: [
      { code: 'handed-over', channelName, department, until, alone: isAlone },
      ...(text === null ? [] : [{ code: 'handover-trouble', channelName, text } as const]),
    ],
  };
}
