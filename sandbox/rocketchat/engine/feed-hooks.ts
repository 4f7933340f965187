// Tells apps what happens in the world, as the server triggers its events: begun in order, and
// waited for by nobody.

import { AppInterface } from '@rocket.chat/apps-engine/definition/metadata/AppInterface.js';
import type { AppManager } from '@rocket.chat/apps-engine/server/AppManager.js';
import type { World } from '../world.ts';
import { toAppDepartment, toAppMessage, toAppRoom, toAppUser } from './convert.ts';

/** Answers how to end it. */
export function feedHooks(
  world: World,
  manager: AppManager,
  track: (run: Promise<void>) => void,
): () => void {
  const { listeners } = world;
  const tell = (name: AppInterface, data: unknown): void => {
    const execute = manager.getListenerManager().executeListener.bind(manager.getListenerManager());
    track(Promise.resolve(execute(name, data as never)).then(() => undefined));
  };
  const ends = [
    // Lines of the system have an event of their own.
    listeners.on('onMessage', ({ room, message }) => {
      if (message.t !== undefined) return;
      tell(AppInterface.IPostMessageSent, toAppMessage(world, room, message));
    }),
    listeners.on('onEdited', ({ room, message }) =>
      tell(AppInterface.IPostMessageUpdated, toAppMessage(world, room, message)),
    ),
    listeners.on('onRoomStarted', ({ room }) =>
      tell(AppInterface.IPostLivechatRoomStarted, toAppRoom(world, room)),
    ),
    listeners.on('onTaken', ({ room, user }) =>
      tell(AppInterface.IPostLivechatAgentAssigned, {
        room: toAppRoom(world, room),
        agent: toAppUser(user),
      }),
    ),
    listeners.on('onReleased', ({ room, user }) =>
      tell(AppInterface.IPostLivechatAgentUnassigned, {
        room: toAppRoom(world, room),
        agent: toAppUser(user),
      }),
    ),
    listeners.on('onForwarded', (told) =>
      tell(AppInterface.IPostLivechatRoomTransferred, toTransfer(world, told)),
    ),
    listeners.on('onClosed', ({ room }) => {
      tell(AppInterface.ILivechatRoomClosedHandler, toAppRoom(world, room));
      tell(AppInterface.IPostLivechatRoomClosed, toAppRoom(world, room));
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function toTransfer(
  world: World,
  told: Parameters<Parameters<typeof world.listeners.on<'onForwarded'>>[1]>[0],
): object {
  const { users, departments } = world.state;
  const { room, type, oldServedBy, oldDepartmentId } = told;
  const userOf = (id: string | undefined) => {
    const user = users.get(id ?? '');
    return user && toAppUser(user);
  };
  const departmentOf = (id: string | undefined) => {
    const department = departments.get(id ?? '');
    return department && toAppDepartment(world, department);
  };
  const isToAgent = type === 'agent';
  return {
    type,
    room: toAppRoom(world, room),
    from: isToAgent ? userOf(oldServedBy?._id) : departmentOf(oldDepartmentId),
    to: isToAgent ? userOf(room.servedBy?._id) : departmentOf(room.departmentId),
  };
}
