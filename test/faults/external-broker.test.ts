// The node that takes what clients say to a broker beside Usher is killed, again and again.
import { expect, test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';
import { mosquittoMissing, startMosquitto } from '../makers/start-mosquitto.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { connectWeb, type SessionAnswer } from '../makers/web-client.ts';
import { startServerProcess } from './server-process.ts';

const KILLS = 3;
const PER_KILL = 20;

async function ask<T>(url: string, token: string | null, init: RequestInit = {}): Promise<T> {
  const headers: Record<string, string> =
    token === null ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(url, { ...init, headers });
  return (await answer.json()) as T;
}

test.skipIf(mosquittoMissing !== null)(
  `what is said while the inbox is killed is kept once and in order ${mosquittoMissing ?? ''}`,
  async () => {
    const database = await makeDatabase();
    const broker = await startMosquitto();
    const environment = {
      DATABASE_URL: database.url,
      MQTT_URL: broker.tcpUrl,
      MQTT_PUBLIC_URL: broker.webSocketUrl,
    };
    // The first to come holds the inbox; whoever is killed leaves it to the other.
    let holder = await startServerProcess(environment);
    await holder.ready();
    let other = await startServerProcess(environment);
    await other.ready();
    const body = { method: 'POST' };
    const session = await ask<SessionAnswer>(`${holder.url}/session`, null, body);
    const visitor = await connectWeb(session.mqtt);
    const words: string[] = [];
    let no = -1;
    const say = async (): Promise<void> => {
      no += 1;
      const content = `word ${no}`;
      words.push(content);
      const said = { clientMessageId: content, content };
      await visitor.say(`${session.sessionTopic}/server/messages`, said);
    };
    const read = (url: string, afterSeq: number) =>
      ask<{ message: { seq: number; content: string } }[]>(
        `${url}/session/${session.sessionId}/messages?afterSeq=${afterSeq}&limit=200`,
        session.mqtt.password,
      );
    const arrived = () =>
      eventually(
        () => read(other.url, 0),
        (messages) => messages.length >= words.length,
        15_000,
      );
    // From now on the broker knows the inbox.
    await eventually(
      async () => {
        await say();
        return (await read(other.url, 0)).length;
      },
      (count) => count > 0,
    );
    const [first] = await read(other.url, 0);
    words.splice(0, Number(first?.message.content.split(' ')[1]));
    for (let kills = 0; kills < KILLS; kills += 1) {
      for (let n = 0; n < PER_KILL; n += 1) {
        await say();
        // In the middle of its work.
        if (n === PER_KILL / 2) void holder.kill();
      }
      await eventually(holder.isAlive, (alive) => !alive);
      const said = await arrived();
      expect(said.map(({ message }) => message.content)).toEqual(words);
      expect(said.map(({ message }) => message.seq)).toEqual(words.map((_, at) => at + 1));
      holder.start();
      await holder.ready();
      [holder, other] = [other, holder];
    }
  },
  // Five starts of a server.
  180_000,
);
