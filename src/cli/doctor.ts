// `usher doctor`: checks what a running Usher needs, and says what to do about what is missing.

import { openQiscusClient } from '../channels/qiscus/client.ts';
import { type Config, findWarnings, readConfig } from '../config.ts';
import { openOwnOutbound } from '../outbound/open-outbound.ts';
import { spellCommand } from '../program/usher-command.ts';
import { readRoom } from '../startup/bound-files.ts';
import { checkDatabase } from '../startup/explain-database.ts';
import { readClock } from '../store/clock.ts';
import { openPool } from '../store/pool.ts';
import { findPrimary } from '../store/primary.ts';
import type { Api } from './api-client.ts';
import type { Check } from './check.ts';
import { checkBrokers } from './check-brokers.ts';
import { checkClock } from './check-clock.ts';
import { checkMail } from './check-mail.ts';
import { checkModel } from './check-model.ts';
import { checkProxy } from './check-proxy.ts';
import { checkPublicUrl } from './check-public-url.ts';
import { checkRapidPro } from './check-rapidpro.ts';
import { checkRocketChat } from './check-rocketchat.ts';
import { checkServers } from './check-servers.ts';
import { checkTraces } from './check-traces.ts';
import { checkNode, checkSchema, judgePostgres } from './check-versions.ts';
import type { Printer } from './print.ts';

/**
 * Answers 0 when nothing failed. `open`: connects to the server, for checks that only it can make.
 */
export async function doctor(
  environment: NodeJS.ProcessEnv,
  print: Printer,
  open: () => Promise<Api>,
): Promise<number> {
  const checks: Check[] = [checkNode(process.versions.node)];
  const config = checkConfiguration(environment, checks);
  if (config !== null) {
    await inspectDatabase(config, checks);
    checkSecretKey(config, checks);
    await checkRoom(config, checks);
    if (await checkServer(config, environment, checks)) {
      checks.push(...(await checkRapidPro(open)), ...(await checkRocketChat(open)));
    }
    await checkQiscus(config, checks);
    checks.push(...(await checkBrokers(config)));
    checks.push(...(await checkModel(config)), ...(await checkMail(config)));
    checks.push(...(await checkPublicUrl(config.PUBLIC_URL)));
    checks.push(...(await checkProxy(config.PUBLIC_URL)), ...(await checkTraces(config)));
  }
  const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' };
  print.lines(
    checks,
    checks.map(({ name, state, says }) => `${marks[state]}  ${name}: ${says}`),
  );
  return checks.some(({ state }) => state === 'failed') ? 1 : 0;
}

function checkConfiguration(environment: NodeJS.ProcessEnv, checks: Check[]): Config | null {
  const name = 'configuration';
  try {
    const config = readConfig(environment);
    checks.push({ name, state: 'ok', says: 'every variable is valid' });
    for (const says of findWarnings(config)) checks.push({ name, state: 'warning', says });
    checks.push(...findIgnored(environment));
    return config;
  } catch (error) {
    checks.push({ name, state: 'failed', says: (error as Error).message });
    return null;
  }
}

/** Settings of Agent Allocation PHP that Usher does not need. */
function findIgnored(environment: NodeJS.ProcessEnv): Check[] {
  const name = 'QISCUS_AGENT_ID';
  if (!(name in environment) && !(name in process.env)) return [];
  const says = 'ignored: Usher chooses among all agents of the channel; take it out';
  return [{ name, state: 'warning', says }];
}

async function inspectDatabase(config: Config, checks: Check[]): Promise<void> {
  const name = 'database';
  const connectionString = config.DATABASE_URL;
  if (connectionString === undefined) {
    const says = `embedded, in ${config.USHER_DATA_DIR}; set DATABASE_URL for production`;
    checks.push({ name, state: 'ok', says });
    return;
  }
  await findPrimary(connectionString);
  const pool = openPool({ connectionString, maxConnections: 3, onIdleError: () => {} });
  try {
    const { version } = await checkDatabase(pool, connectionString);
    checks.push({ name, ...judgePostgres(version) }, ...(await checkSchema(pool)));
    checks.push(await checkClock(Date.now, () => readClock(pool)));
    checks.push(...(await checkServers(connectionString)));
  } catch (error) {
    checks.push({ name, state: 'failed', says: (error as Error).message });
  } finally {
    await pool.end();
  }
}

function checkSecretKey({ USHER_SECRET_KEY: key }: Config, checks: Check[]): void {
  const says =
    key === undefined
      ? `the secrets of channels and endpoints stand readable in the database and its backups; set USHER_SECRET_KEY (openssl rand -base64 32), then run: ${spellCommand('secrets rotate')}`
      : 'secrets in the database are sealed';
  checks.push({ name: 'secret key', state: key === undefined ? 'warning' : 'ok', says });
}

async function checkRoom(config: Config, checks: Check[]): Promise<void> {
  const name = 'room for files';
  const { DATABASE_URL: connectionString, USHER_DISK_RESERVE_MB: reserve } = config;
  if (connectionString !== undefined && config.USHER_DATABASE_MOST_MB === undefined) {
    const says = 'cannot be seen from here; set USHER_DATABASE_MOST_MB to stop files in time';
    checks.push({ name, state: 'warning', says });
    return;
  }
  const pool = openPool({
    connectionString: connectionString ?? '',
    maxConnections: 1,
    onIdleError: () => {},
  });
  const free = await readRoom(config, pool).catch(() => null);
  await pool.end();
  if (free === null) {
    checks.push({ name, state: 'warning', says: 'cannot be read; is the database there?' });
    return;
  }
  const megabytes = Math.floor(free / 1024 / 1024);
  const says = `${megabytes} MB; files are refused below ${reserve} (USHER_DISK_RESERVE_MB)`;
  const isLow = megabytes < reserve;
  const advice = isLow ? `${says}. Free some room: visitors can send text only.` : says;
  checks.push({ name, state: isLow ? 'failed' : 'ok', says: advice });
}

/** Answers whether it serves. */
async function checkServer(
  config: Config,
  environment: NodeJS.ProcessEnv,
  checks: Check[],
): Promise<boolean> {
  const url = environment.USHER_URL ?? `http://127.0.0.1:${config.PORT}`;
  const name = 'server';
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(5000) });
    const says = `${url} answers ${response.status}`;
    checks.push({ name, state: response.ok ? 'ok' : 'failed', says });
    return response.ok;
  } catch {
    const says = `nothing answers at ${url}; start it with: npm start`;
    checks.push({ name, state: 'warning', says });
    return false;
  }
}

async function checkQiscus(config: Config, checks: Check[]): Promise<void> {
  const name = 'Qiscus';
  const { QISCUS_APP_ID: appId, QISCUS_SECRET: secretKey } = config;
  if (appId === undefined || secretKey === undefined) {
    const says = 'not configured here; set QISCUS_APP_ID and QISCUS_SECRET, or add a channel';
    checks.push({ name, state: 'warning', says });
    return;
  }
  const { QISCUS_EMAIL: email, QISCUS_PASSWORD: password } = config;
  const login = email !== undefined && password !== undefined ? { email, password } : {};
  const outside = openOwnOutbound();
  const client = openQiscusClient({
    outside,
    baseUrl: config.QISCUS_BASE_URL,
    appId,
    secretKey,
    ...login,
  });
  try {
    const agents = await client.listAgents();
    checks.push(
      agents.ok
        ? { name, state: 'ok', says: `reached; ${agents.value.length} agents` }
        : {
            name,
            state: 'failed',
            says: `${agents.failure.text}. Check QISCUS_BASE_URL, QISCUS_APP_ID, QISCUS_SECRET.`,
          },
    );
    if (email !== undefined) await checkWebhooks(config, client, checks);
    if (config.QISCUS_WEBHOOK_SECRET === undefined) {
      const says = `anybody who knows the app id may send webhooks, unless the channel got a secret elsewhere; set QISCUS_WEBHOOK_SECRET, or run: ${spellCommand('channels renew-secret')}`;
      checks.push({ name: 'webhook secret', state: 'warning', says });
    }
  } finally {
    client.close();
    await outside.close();
  }
}

async function checkWebhooks(
  config: Config,
  client: ReturnType<typeof openQiscusClient>,
  checks: Check[],
): Promise<void> {
  const app = await client.readApp();
  if (!app.ok) {
    const says = `${app.failure.text}. Check QISCUS_EMAIL and QISCUS_PASSWORD.`;
    checks.push({ name: 'Qiscus login', state: 'failed', says });
    return;
  }
  const base = config.PUBLIC_URL ?? '<PUBLIC_URL>';
  const registered = app.value;
  checks.push(
    judgeWebhook('agent allocation webhook', {
      url: registered.allocateAgentWebhookUrl,
      enabled: registered.isAllocateAgentWebhookEnabled,
      path: '/api/v1/webhook/agent_allocation',
      advice: `set ${base}/api/v1/webhook/agent_allocation in Qiscus under Settings → Custom Agent Allocation`,
    }),
    judgeWebhook('mark-as-resolved webhook', {
      url: registered.markAsResolvedWebhookUrl,
      enabled: registered.isMarkAsResolvedWebhookEnabled,
      path: '/api/v1/webhook/mark_as_resolved',
      advice: `run: ${spellCommand('channels register-resolve')}`,
    }),
  );
}

function judgeWebhook(
  name: string,
  hook: { url: string | null; enabled: boolean | null; path: string; advice: string },
): Check {
  if (hook.url === null || hook.url === '') {
    return { name, state: 'failed', says: `not registered; ${hook.advice}` };
  }
  // The query may hold the secret.
  const [shown = ''] = hook.url.split(/[?]/);
  if (!shown.includes(hook.path)) {
    return { name, state: 'warning', says: `registered at another address; ${hook.advice}` };
  }
  if (hook.enabled === false) return { name, state: 'failed', says: `disabled; ${hook.advice}` };
  return { name, state: 'ok', says: 'registered and enabled' };
}
