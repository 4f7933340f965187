// Files by their address; protected ones need the visitor of their room, or a user whom the settings let read them.
// Whatever the fault, there is no file: 500.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Faults } from './faults.ts';
import { hasPermission } from './permissions.ts';
import type { RecordedRequest } from './server.ts';
import type { World } from './world.ts';

export function serveFiles(
  app: FastifyInstance,
  { world, faults, requests }: { world: World; faults: Faults; requests: RecordedRequest[] },
): void {
  app.get<{ Params: { _id: string } }>('/file-upload/:_id/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const fault = faults.draw(path);
    requests.push({
      ...{ at: world.clock.now(), method: 'GET', path, query: {}, body: {}, userId: null },
      ...{ fault, status: fault === null ? null : 500 },
    });
    if (fault !== null) return reply.code(500).send();
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
  const cookies = readCookies(headers.cookie ?? '');
  const told = query as Record<string, string | undefined>;
  const { rc_uid, rc_token, rc_rid, rc_room_type } = told.rc_uid ? told : { ...cookies, ...told };
  const room = world.state.rooms.get(rid);
  if (rc_room_type === 'l' && rc_rid === rid && rc_token === room?.v.token) return true;
  const userId = String(rc_uid ?? headers['x-user-id']);
  const token = String(rc_token ?? headers['x-auth-token']);
  const user = world.state.users.get(userId);
  if (user === undefined || world.state.authTokens.get(token) !== userId) return false;
  const isServing = room?.servedBy?._id === userId;
  if (world.settings.FileUpload_Restrict_to_users_who_can_access_room) {
    return isServing || hasPermission(user, 'view-livechat-rooms');
  }
  return isServing || !world.settings.FileUpload_Restrict_to_room_members;
}

function readCookies(header: string): Record<string, string> {
  return Object.fromEntries(
    header.split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return [name, value];
    }),
  );
}
