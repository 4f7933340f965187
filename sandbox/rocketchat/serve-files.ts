// Files by their address; protected ones need a user, or the visitor of their room.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findVisitorByToken } from './verbs/register-visitor.ts';
import type { World } from './world.ts';

export function serveFiles(app: FastifyInstance, { world }: { world: World }): void {
  app.get<{ Params: { _id: string } }>('/file-upload/:_id/*', (request, reply) => {
    const file = world.state.files.get(request.params._id);
    if (file === undefined) return reply.code(404).send();
    if (world.settings.FileUpload_ProtectFiles && !mayRead(world, request, file.rid)) {
      return reply.code(403).send();
    }
    return reply
      .type(file.type)
      .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(file.bytes);
  });
}

function mayRead(world: World, { headers, query }: FastifyRequest, rid: string): boolean {
  const asked = query as Record<string, string | undefined>;
  const cookies = readCookies(headers.cookie ?? '');
  const pairs = [
    [asked.rc_uid ?? cookies.rc_uid, asked.rc_token ?? cookies.rc_token],
    [headers['x-user-id'], headers['x-auth-token']],
  ];
  if (pairs.some(([userId, token]) => isSignedIn(world, userId, token))) return true;
  const visitor = findVisitorByToken(world, asked.token ?? '');
  if (asked.rc_room_type !== 'l' || visitor === undefined) return false;
  return asked.rc_rid === rid && world.state.rooms.get(rid)?.v.token === visitor.token;
}

function isSignedIn({ state }: World, userId: unknown, token: unknown): boolean {
  return typeof token === 'string' && typeof userId === 'string' && userId !== ''
    ? state.authTokens.get(token) === userId
    : false;
}

function readCookies(header: string): Record<string, string> {
  return Object.fromEntries(
    header.split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return [name, value];
    }),
  );
}
