// `usher doctor`: checks what a running Usher needs, and says what to do about what is missing.
import { type Config, readConfig } from '../config.ts';
import { createQiscusClient } from '../connectors/qiscus/client.ts';
import { openPool } from '../store/pool.ts';
import type { Printer } from './print.ts';

interface Check {
  name: string;
  state: 'ok' | 'warning' | 'failed';
  says: string;
}

/** Answers 0 when nothing failed. */
export async function doctor(environment: NodeJS.ProcessEnv, print: Printer): Promise<number> {
  const checks: Check[] = [];
  const config = checkConfiguration(environment, checks);
  if (config !== null) {
    await checkDatabase(config, checks);
    await checkServer(config, environment, checks);
    await checkQiscus(config, checks);
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
    return config;
  } catch (error) {
    checks.push({ name, state: 'failed', says: (error as Error).message });
    return null;
  }
}

async function checkDatabase(config: Config, checks: Check[]): Promise<void> {
  const name = 'database';
  const connectionString = config.DATABASE_URL;
  if (connectionString === undefined) {
    const says = `embedded, in ${config.USHER_DATA_DIR}; set DATABASE_URL for production`;
    checks.push({ name, state: 'ok', says });
    return;
  }
  const pool = openPool({ connectionString, maxConnections: 3, onIdleError: () => {} });
  try {
    const { rows } = await pool.query<{ version: number }>(
      `select current_setting('server_version_num')::integer / 10000 as version`,
    );
    const version = rows[0]?.version ?? 0;
    const says = `PostgreSQL ${version}${version < 15 ? ': 15 or later is needed' : ''}`;
    checks.push({ name, state: version < 15 ? 'failed' : 'ok', says });
  } catch (error) {
    const says = `${(error as Error).message}. Check DATABASE_URL.`;
    checks.push({ name, state: 'failed', says });
  } finally {
    await pool.end();
  }
}

async function checkServer(
  config: Config,
  environment: NodeJS.ProcessEnv,
  checks: Check[],
): Promise<void> {
  const url = environment.USHER_URL ?? `http://127.0.0.1:${config.PORT}`;
  const name = 'server';
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(5000) });
    const says = `${url} answers ${response.status}`;
    checks.push({ name, state: response.ok ? 'ok' : 'failed', says });
  } catch {
    const says = `nothing answers at ${url}; start it with: npm start`;
    checks.push({ name, state: 'warning', says });
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
  const client = createQiscusClient({
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
      const says = 'anybody who knows the app id may send webhooks; set QISCUS_WEBHOOK_SECRET';
      checks.push({ name: 'webhook secret', state: 'warning', says });
    }
  } finally {
    await client.close();
  }
}

async function checkWebhooks(
  config: Config,
  client: ReturnType<typeof createQiscusClient>,
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
      advice: `POST {"endpoint": "${base}/api/v1/webhook/mark_as_resolved", "enable": true} to /api/v1/settings/set_mark_as_resolved`,
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
