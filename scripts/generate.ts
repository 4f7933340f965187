// Writes what is generated from the source: openapi.json, docs/schema.sql, docs/events.md, .env.example, the tables of settings and of rules' fields, the list of decisions, the chart's version with the schema of its values and the gallery's page.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { buildServer } from '../src/http/server.ts';
import { version } from '../src/program/version.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPool } from '../src/store/pool.ts';
import { closedChannels, closedDoors, openFiles } from '../test/makers/closed-doors.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { versionChart, versionManifests } from './describe-chart.ts';
import { describeChartValues } from './describe-chart-values.ts';
import { describeDecisions } from './describe-decisions.ts';
import { describeEnvironment } from './describe-environment.ts';
import { describeEvents } from './describe-events.ts';
import { describeRuleFields } from './describe-rule-fields.ts';
import { describeSchema } from './describe-schema.ts';
import { describeScreens } from './describe-screens.ts';
import { describeSettings } from './describe-settings.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'usher-generate-'));
const server = await startEmbeddedPostgres({ dataDir });
const { connectionString } = server;
const db = openPool({ connectionString, maxConnections: 3, onIdleError: () => {} });
try {
  await migrate(db);
  await writeFile('docs/schema.sql', await describeSchema(db));
  await writeFile('.env.example', describeEnvironment());
  await writeFile('ops/helm/usher/values.schema.json', describeChartValues());
  await rewrite('ops/helm/usher/Chart.yaml', (text) => versionChart(text, version));
  await rewrite('ops/kubernetes/usher.yaml', (text) => versionManifests(text, version));
  await writeFile('docs/events.md', describeEvents());
  const configuration = await readFile('docs/configuration.md', 'utf8');
  await writeFile('docs/configuration.md', describeSettings(configuration));
  const rules = await readFile('docs/guides/routing-rules.md', 'utf8');
  await writeFile('docs/guides/routing-rules.md', describeRuleFields(rules));
  await writeFile('docs/decisions/index.md', await describeDecisions());
  await writeFile('docs/screens/index.md', await describeScreens());
  await writeFile('openapi.json', `${JSON.stringify(await readOpenApi(), null, 2)}\n`);
} finally {
  await db.end();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

/** The routes are declared without being called, so nothing stands behind them here. */
async function readOpenApi(): Promise<object> {
  const desk = silentDesk(db);
  const directory = {
    all: () => [],
    byId: () => null,
    ofKind: () => [],
    refresh: async () => {},
  };
  const app = await buildServer({
    ...{ desk, directory, channels: closedChannels({ desk, directory }) },
    publicUrl: () => '',
    ...closedDoors,
    fileMeans: openFiles(db),
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
