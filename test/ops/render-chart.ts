// Renders the chart of ops/helm by helm, or by a program that uses what helm renders with; otherwise says what is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

export const CHART = 'ops/helm/usher';
const SPRIG = '/usr/share/gocode/src/github.com/Masterminds/sprig';

const answers = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const hasHelm = answers('helm', 'version');
const hasGo = answers('go', 'version') && answers('test', '-d', SPRIG);

/** null: it can be rendered here. */
export const missing =
  hasHelm || hasGo
    ? null
    : '(skipped: neither helm, nor golang-go with golang-github-masterminds-sprig-dev)';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: never;
}

/** `values`: put over those of the chart. */
export function renderChart(values: object = {}): Manifest[] {
  return readManifests(renderText(values));
}

export function renderText(values: object = {}): string {
  return hasHelm ? byHelm(values) : byGo(values);
}

export function readManifests(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(`${document.errors[0]?.message}\n${text}`);
    return (document.toJS() as Manifest | null) ?? [];
  });
}

function byHelm(values: object): string {
  return withFile(JSON.stringify(values), (file) =>
    execFileSync('helm', ['template', 'desk', CHART, '--values', file], { encoding: 'utf8' }),
  );
}

function byGo(values: object): string {
  const read = (name: string) => parse(readFileSync(join(CHART, name), 'utf8'));
  const { name: Name, version: Version, appVersion: AppVersion } = read('Chart.yaml');
  const data = {
    Values: merge(read('values.yaml'), values),
    Chart: { Name, Version, AppVersion },
    Release: { Name: 'desk', Namespace: 'default', Service: 'Helm' },
  };
  return execFileSync('go', ['run', 'test/ops/render-chart/main.go'], {
    encoding: 'utf8',
    input: JSON.stringify({ Folder: CHART, Data: data }),
    env: { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' },
  });
}

/** As helm puts values over those of the chart. */
export function merge(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over === undefined ? under : over;
  const names = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...names].map((name) => [name, merge(under[name], over[name])]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withFile<T>(text: string, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'usher-chart-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, text);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
