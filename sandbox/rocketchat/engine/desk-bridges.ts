// Rooms, messages, users, uploads and settings of the server, as far as apps of ours ask for them.
import type { IMessage } from '@rocket.chat/apps-engine/definition/messages/index.js';
import type { IRoom } from '@rocket.chat/apps-engine/definition/rooms/index.js';
import type { ISetting } from '@rocket.chat/apps-engine/definition/settings/index.js';
import type { IUpload } from '@rocket.chat/apps-engine/definition/uploads/index.js';
import type { IUser } from '@rocket.chat/apps-engine/definition/users/index.js';
import { MessageBridge } from '@rocket.chat/apps-engine/server/bridges/MessageBridge.js';
import { RoomBridge } from '@rocket.chat/apps-engine/server/bridges/RoomBridge.js';
import { ServerSettingBridge } from '@rocket.chat/apps-engine/server/bridges/ServerSettingBridge.js';
import { UploadBridge } from '@rocket.chat/apps-engine/server/bridges/UploadBridge.js';
import { UserBridge } from '@rocket.chat/apps-engine/server/bridges/UserBridge.js';
import { isSettingId, settingType } from '../settings.ts';
import type { User } from '../state.ts';
import { addUser } from '../verbs/add-user.ts';
import { getRoom, getUser } from '../verbs/find.ts';
import { say } from '../verbs/say.ts';
import type { World } from '../world.ts';
import { toAppRoom, toAppUser, toWorldAttachment } from './convert.ts';

/** A bridge of which a part is emulated: the rest exists, and fails when it is called. */
const partOf = <T>(bridge: abstract new () => T) => bridge as unknown as new () => object;

/** What goes wrong on the desk's side, by a test's wish. */
export interface DeskFault {
  /** Rooms that the server fails to read. */
  brokenRooms: Set<string>;
  /** Whether what a visitor says is refused, as by a filter of words. */
  refuses: (text: string) => boolean;
}

export class AppRooms extends partOf(RoomBridge) {
  private readonly world: World;
  private readonly fault: DeskFault;

  constructor(world: World, fault: DeskFault) {
    super();
    this.world = world;
    this.fault = fault;
  }

  async getById(roomId: string): Promise<IRoom | undefined> {
    if (this.fault.brokenRooms.has(roomId)) throw new Error(`The room ${roomId} is broken.`);
    const room = this.world.state.rooms.get(roomId);
    return room === undefined ? undefined : toAppRoom(this.world, room);
  }
}

export class AppMessages extends partOf(MessageBridge) {
  private readonly world: World;

  constructor(world: World) {
    super();
    this.world = world;
  }

  async create(message: IMessage): Promise<string> {
    const text = message.text ?? '';
    if (text.length > this.world.settings.Message_MaxAllowedSize) {
      throw new Error('error-message-size-exceeded');
    }
    const attachments = message.attachments?.map(toWorldAttachment) ?? [];
    const said = say(this.world, {
      room: getRoom(this.world, message.room.id),
      by: { user: getUser(this.world, message.sender.id) },
      msg: text,
      ...(attachments.length > 0 && { extra: { attachments } }),
    });
    if (said === null) throw new Error('The message was not written.');
    return said._id;
  }
}

export class AppUsers extends partOf(UserBridge) {
  private readonly world: World;

  constructor(world: World) {
    super();
    this.world = world;
  }

  async getById(id: string): Promise<IUser> {
    return toAppUser(getUser(this.world, id));
  }

  async getAppUser(appId: string): Promise<IUser | undefined> {
    const user = this.find(appId);
    return user === undefined ? undefined : toAppUser(user);
  }

  async create(data: Partial<IUser>, appId: string): Promise<string> {
    const { user } = addUser(this.world, {
      username: data.username ?? 'app',
      name: data.name ?? 'App',
      roles: ['app'],
      type: 'app',
    });
    user.customFields = { appId };
    return user._id;
  }

  async remove(user: IUser): Promise<boolean> {
    return this.world.state.users.delete(user.id);
  }

  private find(appId: string): User | undefined {
    return [...this.world.state.users.values()].find(
      ({ type, customFields }) => type === 'app' && customFields?.appId === appId,
    );
  }
}

export class AppUploads extends partOf(UploadBridge) {
  private readonly world: World;

  constructor(world: World) {
    super();
    this.world = world;
  }

  async getById(id: string): Promise<IUpload | undefined> {
    const file = this.world.state.files.get(id);
    if (file === undefined) return undefined;
    const { name, type, size, uploadedAt } = file;
    return { id, name, type, size: String(size), uploadedAt } as unknown as IUpload;
  }
}

export class AppServerSettings extends partOf(ServerSettingBridge) {
  private readonly world: World;

  constructor(world: World) {
    super();
    this.world = world;
  }

  async getOneById(id: string): Promise<ISetting | undefined> {
    if (!isSettingId(id)) return undefined;
    const value = this.world.settings[id];
    return { id, value, type: settingType(id) } as unknown as ISetting;
  }
}
