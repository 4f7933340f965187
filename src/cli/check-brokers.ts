// Whether the brokers beside Usher take its login; and whether the one of its clients lets in whoever comes.
import { randomBytes } from 'node:crypto';
import mqtt from 'mqtt';
import type { Config } from '../config.ts';
import { OWN_PREFIX } from '../mqtt/client-ids.ts';
import type { Check } from './check.ts';

const WITHIN_MS = 5000;

interface Login {
  username?: string;
  password?: string;
}

/** Empty: there is none beside Usher. */
export async function checkBrokers(config: Config): Promise<Check[]> {
  const {
    MQTT_URL: clients,
    ATTENDANT_PRESENCE_MQTT_BROKER_HOST: presence,
    ATTENDANT_PRESENCE_MQTT_USERNAME: username,
    ATTENDANT_PRESENCE_MQTT_PASSWORD: password,
  } = config;
  const checks: Check[] = [];
  if (clients !== undefined) checks.push(await checkClients(clients));
  if (presence !== undefined) {
    const login = { ...(username && { username }), ...(password && { password }) };
    const problem = await tryLogin(presence.replace(/^http/, 'ws'), login);
    const advice = 'Check ATTENDANT_PRESENCE_MQTT_BROKER_HOST, …_USERNAME and …_PASSWORD.';
    checks.push(judge('presence broker', { url: presence, problem, advice }));
  }
  return checks;
}

async function checkClients(url: string): Promise<Check> {
  const name = 'broker';
  const problem = await tryLogin(url);
  if (problem !== null) {
    const advice =
      'Check MQTT_URL. A broker that asks Usher who may come in lets nobody in while Usher does not run.';
    return judge(name, { url, problem, advice });
  }
  const stranger = { username: 'nobody', password: randomBytes(12).toString('hex') };
  if ((await tryLogin(withoutLogin(url), stranger, '')) !== null)
    return judge(name, { url, problem });
  const says = `${hostOf(url)} lets in whoever comes, who then reads and writes everything. Let it ask Usher (the guide to Chimp Assist says how), and refuse others.`;
  return { name, state: 'failed', says };
}

function judge(
  name: string,
  { url, problem, advice }: { url: string; problem: string | null; advice?: string },
): Check {
  const host = hostOf(url);
  if (problem === null) return { name, state: 'ok', says: `${host} takes the login` };
  return { name, state: 'failed', says: `${host}: ${problem}. ${advice}` };
}

/** null: it lets us in. */
async function tryLogin(
  url: string,
  login: Login = {},
  prefix = OWN_PREFIX,
): Promise<string | null> {
  const client = mqtt.connect(url, {
    ...login,
    clientId: `${prefix}doctor-${randomBytes(6).toString('hex')}`,
    clean: true,
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: WITHIN_MS,
  });
  const connected = new Promise<null>((done, fail) => {
    client.once('connect', () => done(null));
    client.once('error', fail);
    client.once('close', () => fail(new Error('it closes the connection')));
  });
  try {
    return await connected;
  } catch (error) {
    return describe(error as NodeJS.ErrnoException);
  } finally {
    client.on('error', () => {});
    await client.endAsync(!client.connected).catch(() => {});
  }
}

function describe({ message, code }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  // As a server of several addresses fails, which has no words.
  return (message || code || 'it does not answer').replace(/\.$/, '');
}

function withoutLogin(url: string): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

/** Without the login. */
function hostOf(url: string): string {
  return new URL(url).host;
}
