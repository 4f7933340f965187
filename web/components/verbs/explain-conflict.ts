// Explains a conflict: "Ana took this 2 s ago" says more than "already assigned".
import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { ApiProblem } from '../../api/client.ts';
import { conversationQuery } from '../../api/queries.ts';
import type { Format } from '../../i18n/use-format.ts';
import { fetchNow } from '../../live/ask-anew.ts';

const taken = ['conversation.already-assigned', 'conversation.held-by-another'];

/** Null: it was something else, or nobody has it any more. */
export async function explainConflict(
  error: Error,
  means: { queries: QueryClient; id: string; t: TFunction<'words'>; format: Format },
): Promise<string | null> {
  if (!(error instanceof ApiProblem) || !taken.includes(error.code)) return null;
  const { queries, id, t, format } = means;
  const now = await fetchNow(queries, conversationQuery(id)).catch(() => null);
  if (now?.agentName == null || now.assignedAt === null) return null;
  const seconds = Math.max(0, (serverNow() - Date.parse(now.assignedAt)) / 1000);
  return t('problem.taken', { name: now.agentName, time: format.span(seconds) });
}
