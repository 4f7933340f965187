// The files of web chat: a visitor uploads them, and anybody with the id can read them.
import type { FastifyInstance } from 'fastify';
import { networkOf } from '../../access/network-of.ts';
import { makeRates } from '../../access/rates.ts';
import { UUID } from '../../contract/uuid.ts';
import { MAX_ATTACHMENT_BYTES } from '../../desk/keep-attachment.ts';
import { Refused } from '../../errors.ts';
import { SHOWN_TYPES } from '../../http/read-upload.ts';
import { findAttachment } from '../../store/attachments.ts';
import { findOpenWebConversation } from '../../store/web-conversations.ts';
import { limitVisitor } from './limit-visitor.ts';
import type { WebChatMeans } from './webchat-means.ts';

/** Ten mebibytes each, and stored: more than anybody shows in a conversation. */
const FILES_PER_VISITOR = { most: 20, withinMs: 60_000 };
/** However many visitors the sender claims to be. */
const FILES_PER_ADDRESS = { most: 60, withinMs: 60_000 };

export async function webChatFiles(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  const { desk, files } = means;
  const schema = { hide: true };
  const filesOf = makeRates(FILES_PER_VISITOR);
  const filesFrom = makeRates(FILES_PER_ADDRESS);
  const bodyLimit = MAX_ATTACHMENT_BYTES + 64 * 1024;
  app.post('/session/:sessionId/attachments', { schema, bodyLimit }, async (request, reply) => {
    const session = await limitVisitor(means, request, filesOf);
    const { workspaceId, sessionId } = session;
    const fits = filesFrom.take(networkOf(request.ip), desk.clock.elapsed());
    if (!fits) throw new Refused('request.too-many');
    const open = await findOpenWebConversation(desk.db, session);
    if (open === null) throw new Refused('upload.no-conversation');
    const createdBy = `visitor:${sessionId}`;
    const kept = await files.take(request, { workspaceId, createdBy, visitor: sessionId });
    const { id, contentType, fileName, size } = kept;
    const url = `/attachments/${id}/${encodeURIComponent(fileName)}`;
    return reply.code(201).send({ id, type: contentType, name: fileName, size, url });
  });
  app.get<{ Params: { id: string; name: string } }>(
    '/attachments/:id/:name',
    { schema },
    async (request, reply) => {
      const { id } = request.params;
      const file = UUID.test(id) ? await findAttachment(files.db, id) : null;
      if (file === null) return reply.code(404).send({ error: 'There is no such file.' });
      const kind = SHOWN_TYPES.has(file.contentType) ? 'inline' : 'attachment';
      const name = encodeURIComponent(file.fileName);
      reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('content-disposition', `${kind}; filename*=UTF-8''${name}`);
      return files.send(request, reply, { file });
    },
  );
}
