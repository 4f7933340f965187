// The app itself: what it declares to the engine, and where the engine's hooks lead.

import { App } from '@rocket.chat/apps-engine/definition/App';
import type {
  IConfigurationExtend,
  IHttp,
  IModify,
  IPersistence,
  IRead,
} from '@rocket.chat/apps-engine/definition/accessors';
import { ApiSecurity, ApiVisibility } from '@rocket.chat/apps-engine/definition/api';
import type {
  ILivechatEventContext,
  ILivechatRoom,
  ILivechatTransferEventContext,
  IPostLivechatAgentAssigned,
  IPostLivechatAgentUnassigned,
  IPostLivechatRoomClosed,
  IPostLivechatRoomStarted,
  IPostLivechatRoomTransferred,
} from '@rocket.chat/apps-engine/definition/livechat';
import type {
  IMessage,
  IPostMessageSent,
  IPostMessageUpdated,
} from '@rocket.chat/apps-engine/definition/messages';
import { RoomType } from '@rocket.chat/apps-engine/definition/rooms';
import { type IJobContext, StartupType } from '@rocket.chat/apps-engine/definition/scheduler';
import { isOfAgent, tellAgentMessage } from './src/agent-message';
import { noteRoomClosed } from './src/close-ticket';
import { type Given, makeEndpoints } from './src/endpoints';
import { findRoom } from './src/find-room';
import { makeInTurn } from './src/in-turn';
import type { Means } from './src/means';
import { makeSender } from './src/sender';
import { settingList } from './src/settings';
import { forgetOld, sendWaiting, sweep } from './src/sweep';
import { tellHistory } from './src/tell-history';
import { findTicketOfRoom, isOpen } from './src/ticket';
import { isOfUsher, tellUsher, writeMessage, writeTransfer } from './src/usher-events';
import { isOfVisitor, tellServing, tellUsherClosed } from './src/usher-rooms';

const HOUR_MS = 3_600_000;

export class TicketsApp
  extends App
  implements
    IPostMessageSent,
    IPostMessageUpdated,
    IPostLivechatRoomStarted,
    IPostLivechatRoomClosed,
    IPostLivechatAgentAssigned,
    IPostLivechatAgentUnassigned,
    IPostLivechatRoomTransferred
{
  private readonly inTurn = makeInTurn();
  private readonly sender = makeSender();
  private readonly numbers = new Map<string, number>();
  private forgotAt = 0;

  protected override async extendConfiguration(configuration: IConfigurationExtend): Promise<void> {
    await Promise.all(settingList.map((one) => configuration.settings.provideSetting(one)));
    await configuration.api.provideApi({
      visibility: ApiVisibility.PUBLIC,
      security: ApiSecurity.UNSECURE,
      endpoints: makeEndpoints((given) => this.meansOf(given)),
    });
    await configuration.scheduler.registerProcessors([
      this.makeJob('deliver', (means) => sendWaiting(means, this.sender)),
      this.makeJob('history', (means, { ticketId }) => tellHistory(means, String(ticketId))),
      {
        ...this.makeJob('sweep', (means) => this.sweepAll(means)),
        startupSetting: { type: StartupType.RECURRING, interval: '1 minute', skipImmediate: false },
      },
    ]);
  }

  async executePostMessageSent(
    message: IMessage,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    if (message.room?.type !== RoomType.LIVE_CHAT) return;
    const means = this.meansOf({ read, modify, http, persistence });
    const ticket = await findTicketOfRoom(means, message.room.id);
    if (ticket !== null) {
      if (isOpen(ticket) && isOfAgent(message)) await tellAgentMessage(means, ticket, message);
      return;
    }
    await this.tellMessage(means, message, message.id ?? '');
  }

  async executePostMessageUpdated(
    message: IMessage,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    if (message.room?.type !== RoomType.LIVE_CHAT || !message.editedAt) return;
    const means = this.meansOf({ read, modify, http, persistence });
    await this.tellMessage(means, message, `${message.id}:${Number(new Date(message.editedAt))}`);
  }

  async executePostLivechatRoomStarted(
    room: ILivechatRoom,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    const means = this.meansOf({ read, modify, http, persistence });
    await tellUsher(means, { room, type: 'LivechatSessionStart', id: 'start' });
  }

  async executePostLivechatRoomClosed(
    room: ILivechatRoom,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    const means = this.meansOf({ read, modify, http, persistence });
    const found = await findTicketOfRoom(means, room.id);
    if (found === null) {
      if (isOfUsher(room)) await tellUsherClosed(means, room);
      return;
    }
    // The app's own closings are known before they happen, and hold the token's turn meanwhile.
    if (!isOpen(found)) return;
    await this.inTurn(`token:${found.token}`, () => noteRoomClosed(means, found));
  }

  async executePostLivechatAgentAssigned(
    context: ILivechatEventContext,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    const means = this.meansOf({ read, modify, http, persistence });
    const { room, agent } = context;
    if (isOfUsher(room)) await tellServing(means, { ...room, servedBy: agent ?? room.servedBy });
  }

  async executePostLivechatAgentUnassigned(
    context: ILivechatEventContext,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    const means = this.meansOf({ read, modify, http, persistence });
    if (!isOfUsher(context.room)) return;
    // A forward takes the room from one and gives it to another: then somebody has it already.
    const room = await findRoom(means, context.room.id);
    if (room?.isOpen && !room.servedBy) await tellServing(means, room);
  }

  async executePostLivechatRoomTransferred(
    context: ILivechatTransferEventContext,
    read: IRead,
    http: IHttp,
    persistence: IPersistence,
    modify: IModify,
  ): Promise<void> {
    const means = this.meansOf({ read, modify, http, persistence });
    const room = context.room as ILivechatRoom;
    const more = writeTransfer(context);
    const id = `${context.to?.id}:${means.now()}`;
    await tellUsher(means, { room, type: 'LivechatSessionForwarded', id, more });
  }

  private async tellMessage(means: Means, message: IMessage, id: string): Promise<void> {
    const room = message.room as ILivechatRoom;
    const written = writeMessage(message, isOfVisitor(message, room));
    const at = Number(new Date(message.editedAt ?? message.createdAt ?? means.now()));
    await tellUsher(means, { room, type: 'Message', id, at, more: { messages: [written] } });
  }

  private async sweepAll(means: Means): Promise<void> {
    await sweep(means, this.sender);
    if (means.now() - this.forgotAt < HOUR_MS) return;
    this.forgotAt = means.now();
    await forgetOld(means);
  }

  private makeJob(id: string, act: (means: Means, context: IJobContext) => Promise<void>) {
    return {
      id,
      processor: (
        context: IJobContext,
        read: IRead,
        modify: IModify,
        http: IHttp,
        persistence: IPersistence,
      ) => act(this.meansOf({ read, modify, http, persistence }), context),
    };
  }

  private meansOf(given: Given): Means {
    return {
      ...given,
      appId: this.getID(),
      log: this.getLogger(),
      inTurn: this.inTurn,
      number: (stream, at) => {
        const next = Math.max(at, (this.numbers.get(stream) ?? 0) + 1);
        this.numbers.set(stream, next);
        return next;
      },
      now: () => Date.now(),
      wake: (means, stream) => this.sender.wake(means, stream),
    };
  }
}
