// Takes what clients publish to a broker beside Usher, one at a time, and acknowledges it after the
// commit.
import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { isOutage } from '../store/is-outage.ts';
import { OWN_PREFIX } from './client-ids.ts';
import { SAID_FILTERS, withBase } from './topics.ts';

export interface Inbox {
  stop(): Promise<void>;
}

export interface Arrived {
  topic: string;
  payload: Buffer;
  isRepeat: boolean;
}

/** Always the same, so that the broker keeps what arrives while no node is connected. */
const CLIENT_ID = `${OWN_PREFIX}inbox`;
const AGAIN_MS = 250;
/**
 * For publishes that fail although the database answers: more tries would hold up all others for
 * one.
 */
const MOST_TRIES = 4;
const STOP_WITHIN_MS = 3000;

export function keepInbox(options: {
  url: string;
  baseTopic: string;
  take: (arrived: Arrived) => Promise<void>;
  onError: (error: unknown, what: string) => void;
}): Inbox {
  const { url, baseTopic, take, onError } = options;
  let stopped = false;
  let taking = Promise.resolve(false);
  const client = mqtt.connect(url, {
    clientId: CLIENT_ID,
    clean: false,
    protocolVersion: 4,
    keepalive: 10,
    reconnectPeriod: 1000,
    resubscribe: false,
  });
  const filters = [baseTopic, 'w/+'].flatMap((base) =>
    SAID_FILTERS.map((filter) => withBase(base, filter)),
  );
  client.on('connect', () => {
    client.subscribe(filters, { qos: 1 }, (error) => {
      if (error && !stopped) onError(error, 'the broker refuses what clients say');
    });
  });
  client.on('error', (error) => onError(error, 'the inbox at the broker failed'));
  /** false: it is left to the next inbox. */
  const settle = async (arrived: Arrived): Promise<boolean> => {
    for (let tries = 1; !stopped; tries += 1) {
      try {
        await take(arrived);
        return true;
      } catch (error) {
        const outage = isOutage(error);
        if (!outage && tries >= MOST_TRIES) {
          onError(error, 'what a client said could not be taken');
          return true;
        }
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
    return false;
  };
  client.handleMessage = (packet, done) => {
    // A retained message from before: it was handled when it arrived.
    if (packet.retain) return done();
    taking = settle(readPacket(packet));
    taking.then(
      (taken) => void (taken && done()),
      (error: Error) => done(error),
    );
  };
  return {
    stop: async () => {
      stopped = true;
      await taking;
      await leave(client);
    },
  };
}

function readPacket({ topic, payload, dup }: IPublishPacket): Arrived {
  return { topic, payload: Buffer.from(payload), isRepeat: dup };
}

/** The last acknowledgement is sent before, if the broker is there to take it. */
async function leave(client: MqttClient): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, STOP_WITHIN_MS).unref());
  const isOn = client.connected;
  await Promise.race([client.endAsync(!isOn).catch(() => {}), late]);
}
