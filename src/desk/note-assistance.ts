// Records that text of a conversation goes to the language model, before it does.
import { Refused } from '../errors.ts';
import { countAssistance } from '../store/assistance.ts';
import { addAuditEntry } from '../store/audit.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/**
 * The text itself is not recorded. Refuses `assistance.too-many`: as many a day as `mostPerDay`, and
 * those beyond that are asked for at the same instant.
 */
export async function noteAssistance(
  { db }: Pick<Desk, 'db'>,
  asked: {
    workspaceId: string;
    conversationId: string;
    actor: string;
    kind: 'suggestions' | 'summary' | 'translation';
    characters: number;
    host: string;
    model: string;
    mostPerDay: number;
  },
): Promise<void> {
  const { workspaceId, conversationId: objectId, actor, mostPerDay, ...rest } = asked;
  const { kind, characters, host, model } = rest;
  await withTx(db, async (tx) => {
    if ((await countAssistance(tx, workspaceId)) >= mostPerDay) {
      throw new Refused(
        'assistance.too-many',
        `This workspace has asked the model ${mostPerDay} times in 24 hours. Try again later, or raise AI_MOST_PER_DAY.`,
      );
    }
    const change = { kind, characters, host, model };
    await addAuditEntry(tx, {
      ...{ workspaceId, actor, objectId, change },
      action: 'conversation.assisted',
    });
  });
}

/** An admin tries whether the model answers: nothing of customers is sent. */
export async function noteModelTest(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, actor, host, model }: Record<'workspaceId' | 'actor' | 'host' | 'model', string>,
): Promise<void> {
  const entry = { workspaceId, actor, objectId: workspaceId, change: { host, model } };
  await withTx(db, (tx) => addAuditEntry(tx, { ...entry, action: 'settings.model-tested' }));
}
