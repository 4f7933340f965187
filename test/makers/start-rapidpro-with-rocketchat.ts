// RapidPro's engine and our app in Rocket.Chat, connected as their admins would.
import { onTestFinished } from 'vitest';
import type { Organisation } from '../../sandbox/rapidpro/make-organisation.ts';
import {
  type Mailroom,
  type MailroomOptions,
  startMailroom,
} from '../../sandbox/rapidpro/start-mailroom.ts';
import { type AppServer, startRocketChatApp } from './start-rocketchat-app.ts';

export interface Connected extends AppServer {
  mailroom: Mailroom;
  organisation: Organisation;
  /** A ticket of a new contact, with its room. */
  open(): Promise<{
    roomId: string;
    ticketId: string;
    contact: ReturnType<Organisation['addContact']>;
  }>;
  /** What the customer has seen, and `#closed` where the ticket was closed. */
  seen(ticketId: string): string[];
  /** Lets so much time go by and what is due be done. */
  advance(ms: number): Promise<void>;
  /** Nothing waits in the app's outbox, and no hook or job is under way. */
  settled(): Promise<boolean>;
}

export async function startRapidProWithRocketChat({
  mailroom: mailroomOptions = {},
  apiToken = false,
  settings = {},
}: {
  mailroom?: MailroomOptions;
  apiToken?: boolean;
  settings?: Record<string, unknown>;
} = {}): Promise<Connected> {
  const mailroom = await startMailroom({ allowPrivateHosts: true, pace: 0.01, ...mailroomOptions });
  onTestFinished(() => mailroom.stop());
  const organisation = mailroom.addOrganisation();
  const secret = organisation.visitConnectPage();
  const app = await startRocketChatApp({
    settings: {
      app_secret: secret,
      allow_private: true,
      ...(apiToken ? { api_token: organisation.apiToken } : {}),
      ...settings,
    },
  });
  const { rocketchat, engine, baseUrl } = app;
  // As the guide says: RapidPro's user is no member of the tickets' rooms.
  Object.assign(rocketchat.world.settings, {
    FileUpload_Restrict_to_room_members: false,
    FileUpload_Restrict_to_users_who_can_access_room: true,
  });
  const { userId: adminUserId, authToken: adminAuthToken } = rocketchat.admin;
  const connected = await organisation.connect({ baseUrl, adminUserId, adminAuthToken });
  if (!connected.connected) throw new Error(`Not connected: ${JSON.stringify(connected)}`);
  return {
    ...app,
    ...{ mailroom, organisation },
    async open() {
      const contact = organisation.addContact({ name: 'Ryan' });
      const opened = await organisation.openTicket({ contact });
      if (!opened.opened) throw new Error(JSON.stringify(opened));
      const { ticketUuid: ticketId } = opened;
      return { roomId: organisation.ticket(ticketId)?.externalId ?? '', ticketId, contact };
    },
    seen: (ticketId) =>
      mailroom.callbacks
        .filter(({ handled, event }) => handled && event?.ticketUuid === ticketId)
        .map(({ event }) => (event?.type === 'close-room' ? '#closed' : textOf(event?.data))),
    async advance(ms) {
      rocketchat.clock.advance(ms);
      await engine.idle();
    },
    async settled() {
      await engine.idle();
      return ![...engine.kept.byAssociation.keys()].some((name) => name.endsWith('group:waiting'));
    },
  };
}

function textOf(data: unknown): string {
  return String((data as { text?: unknown } | undefined)?.text ?? '');
}
