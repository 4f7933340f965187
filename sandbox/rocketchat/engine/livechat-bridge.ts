// What apps may do in Omnichannel, done by the world's own verbs.
import type { IExtraRoomParams } from '@rocket.chat/apps-engine/definition/accessors/ILivechatCreator.js';
import type {
  IDepartment,
  ILivechatMessage,
  ILivechatRoom,
  IVisitor,
} from '@rocket.chat/apps-engine/definition/livechat/index.js';
import type { IMessage } from '@rocket.chat/apps-engine/definition/messages/index.js';
import type { IUser } from '@rocket.chat/apps-engine/definition/users/index.js';
import { LivechatBridge } from '@rocket.chat/apps-engine/server/bridges/LivechatBridge.js';
import type { Source, Visitor } from '../state.ts';
import { closeRoom } from '../verbs/close-room.ts';
import { findDepartment, findOpenRoom, findRoomsOf, getRoom, getUser } from '../verbs/find.ts';
import { isAnybodyOnline } from '../verbs/online-agents.ts';
import { createRoom } from '../verbs/open-room.ts';
import { findVisitorByToken, registerVisitor } from '../verbs/register-visitor.ts';
import { say } from '../verbs/say.ts';
import { setVisitorField } from '../verbs/set-visitor-field.ts';
import type { World } from '../world.ts';
import {
  toAppDepartment,
  toAppMessage,
  toAppRoom,
  toAppVisitor,
  toWorldAttachment,
} from './convert.ts';
import type { DeskFault } from './desk-bridges.ts';

type Unemulated =
  | 'isOnline'
  | 'getMessageById'
  | 'updateMessage'
  | 'findVisitors'
  | 'transferVisitor';

/** The rest of it exists, and fails when it is called. */
const Emulated = LivechatBridge as unknown as abstract new () => Omit<LivechatBridge, Unemulated>;

export class AppLivechat extends Emulated {
  private readonly world: World;
  private readonly fault: DeskFault;

  constructor(world: World, fault: DeskFault) {
    super();
    this.world = world;
    this.fault = fault;
  }

  async isOnlineAsync(): Promise<boolean> {
    return isAnybodyOnline(this.world);
  }

  /** A message for a closed room goes into a new one, as Rocket.Chat does it. */
  async createMessage(message: ILivechatMessage): Promise<string> {
    if (this.fault.refuses(message.text ?? '')) throw new Error('error-message-not-allowed');
    const visitor = this.visitorOf(message.token ?? message.visitor?.token);
    const asked = this.world.state.rooms.get(message.room.id);
    const room =
      asked?.open === true
        ? asked
        : (findOpenRoom(this.world, visitor.token) ?? (await createRoom(this.world, { visitor })));
    const attachments = message.attachments?.map(toWorldAttachment) ?? [];
    const said = say(this.world, {
      room,
      by: { visitor },
      msg: message.text ?? '',
      ...(attachments.length > 0 && { extra: { attachments } }),
    });
    if (said === null) throw new Error('The message was not written.');
    return said._id;
  }

  async createVisitor(visitor: IVisitor): Promise<string> {
    const [email] = visitor.visitorEmails ?? [];
    const [phone] = visitor.phone ?? [];
    const known = registerVisitor(this.world, {
      token: visitor.token,
      name: visitor.name,
      username: visitor.username,
      ...(email !== undefined && { email: email.address }),
      ...(phone !== undefined && { phone: phone.phoneNumber }),
      ...(visitor.department !== undefined && { department: visitor.department }),
    });
    return known._id;
  }

  async findVisitorById(id: string): Promise<IVisitor | undefined> {
    return shown(this.world.state.visitors.get(id));
  }

  async findVisitorByEmail(email: string): Promise<IVisitor | undefined> {
    const wanted = email.toLowerCase();
    return shown(
      this.visitors().find((one) => one.visitorEmails?.some(({ address }) => address === wanted)),
    );
  }

  async findVisitorByToken(token: string): Promise<IVisitor | undefined> {
    return shown(findVisitorByToken(this.world, token));
  }

  async findVisitorByPhoneNumber(phone: string): Promise<IVisitor | undefined> {
    return shown(
      this.visitors().find((one) => one.phone?.some(({ phoneNumber }) => phoneNumber === phone)),
    );
  }

  async createRoom(
    visitor: IVisitor,
    agent: IUser | undefined,
    _appId: string,
    extra: (IExtraRoomParams & { customFields?: Record<string, unknown> }) | undefined,
  ): Promise<ILivechatRoom> {
    if (extra?.source?.type !== 'app') throw new Error('Invalid source type for livechat room');
    const room = await createRoom(this.world, {
      visitor: this.visitorOf(visitor.token),
      ...(agent && { agent: { agentId: agent.id, username: agent.username } }),
      source: { ...extra.source } as Source,
      ...(extra.customFields !== undefined && { customFields: { ...extra.customFields } }),
    });
    return toAppRoom(this.world, room);
  }

  async closeRoom(room: ILivechatRoom, comment: string, closer?: IUser): Promise<boolean> {
    const by = closer
      ? { user: getUser(this.world, closer.id) }
      : { visitor: this.visitorOf(room.visitor.token) };
    closeRoom(this.world, { room: getRoom(this.world, room.id), by, comment });
    return true;
  }

  async findRooms(visitor: IVisitor): Promise<ILivechatRoom[]> {
    const open = findRoomsOf(this.world, visitor.token).filter((room) => room.open);
    return open.map((room) => toAppRoom(this.world, room));
  }

  async findDepartmentByIdOrName(value: string): Promise<IDepartment | undefined> {
    const found = findDepartment(this.world, value);
    return found === undefined ? undefined : toAppDepartment(this.world, found);
  }

  async findDepartmentsEnabledWithAgents(): Promise<IDepartment[]> {
    return [...this.world.state.departments.values()]
      .filter(({ enabled, agents }) => enabled && agents.length > 0)
      .map((one) => toAppDepartment(this.world, one));
  }

  async _fetchLivechatRoomMessages(_appId: string, roomId: string): Promise<IMessage[]> {
    const room = getRoom(this.world, roomId);
    const messages = this.world.state.messagesByRoom.get(roomId) ?? [];
    return messages.map((one) => toAppMessage(this.world, room, one));
  }

  async setCustomFields(data: {
    token: string;
    key: string;
    value: string;
    overwrite: boolean;
  }): Promise<number> {
    if (!setVisitorField(this.world, data)) throw new Error('invalid-custom-field');
    return 1;
  }

  private visitors(): Visitor[] {
    return [...this.world.state.visitors.values()];
  }

  private visitorOf(token: string | undefined): Visitor {
    const visitor = findVisitorByToken(this.world, token ?? '');
    if (visitor === undefined) throw new Error('invalid-token');
    return visitor;
  }
}

function shown(visitor: Visitor | undefined): IVisitor | undefined {
  return visitor === undefined ? undefined : toAppVisitor(visitor);
}
