// Finds the visitor of a request and refuses one who asks too often.
import type { FastifyRequest } from 'fastify';
import type { Rates } from '../../access/rates.ts';
import { Refused } from '../../errors.ts';
import type { WebSessionRow } from '../../store/web-sessions.ts';
import { requireVisitor } from './webchat-caller.ts';
import type { WebChatMeans } from './webchat-means.ts';

/** Refuses `request.too-many`, and what `requireVisitor` refuses. */
export async function limitVisitor(
  { desk, webChat }: WebChatMeans,
  request: FastifyRequest,
  limit: Rates,
): Promise<WebSessionRow> {
  const { session } = await requireVisitor(webChat, request);
  const { workspaceId, customerId } = session;
  const fits = limit.take(`${workspaceId} ${customerId}`, desk.clock.elapsed());
  if (!fits) throw new Refused('request.too-many');
  return session;
}
