// The alerts and the dashboard of ops/ beside what /metrics of a started server has.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openRaw, packetBytes } from '../makers/raw-mqtt.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithReceiver } from '../makers/start-with-receiver.ts';

interface Rule {
  alert: string;
  expr: string;
  annotations: Record<string, string>;
}
interface Panel {
  id: number;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; legendFormat: string }[];
}

const RULES = 'ops/prometheus/usher.rules.yml';
const rules = (
  parse(await readFile(RULES, 'utf8')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(await readFile('ops/grafana/usher.json', 'utf8')) as {
  panels: Panel[];
};
const targets = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map((target) => ({ title, ...target })),
);

/** Prometheus adds these by itself. */
const ADDED = ['job', 'instance'];
/** Each metric, with the labels of its samples. */
type Metrics = ReadonlyMap<string, ReadonlySet<string>>;

/** Of a server on which all has happened that gives a sample its labels. */
async function readFromServer(): Promise<Metrics> {
  const { usher, listen, open, addAgent } = await startWithReceiver({
    USHER_DATABASE_MOST_MB: '100000',
  });
  await listen();
  await open();
  await addAgent();
  const raw = await openRaw({ kind: 'ws', url: `${usher.url.replace('http', 'ws')}/mqtt` });
  raw.send(
    packetBytes({
      ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 10 },
      ...{ clientId: 'nobody', username: 'nobody', password: Buffer.from('wrong') },
    }),
  );
  const { text } = await eventually(
    () => usher.call('GET', '/metrics', { token: null }),
    ({ text }) => /^usher_mqtt_refusals_total\{/m.test(text) && /state="done"/.test(text),
  );
  return readMetrics(text);
}

function readMetrics(text: string): Metrics {
  const found = new Map([['up', new Set<string>(ADDED)]]);
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z0-9_]+)(?:\{(.*)\})? \S+$/gm)) {
    const names = found.get(name) ?? new Set(ADDED);
    for (const [, label = ''] of labels.matchAll(/([a-z_]+)="/g)) names.add(label);
    found.set(name, names);
  }
  return found;
}

/** What is wrong with a query: its grammar, or a metric or label that is not there. */
function findFaults(metrics: Metrics, query: string): string[] {
  const { faults, selected, grouped } = readQuery(query);
  for (const { name, labels } of selected) {
    if (!metrics.has(name)) faults.push(`metric: ${name}`);
    const absent = labels.filter((label) => !metrics.get(name)?.has(label));
    faults.push(...absent.map((label) => `label: ${name}{${label}}`));
  }
  // A label by which something is summed must be one of each metric of the query.
  const joined = selected.filter(({ name }) => !isWithoutLabels(query, name));
  for (const label of grouped) {
    const without = joined.filter(({ name }) => !metrics.get(name)?.has(label));
    faults.push(...without.map(({ name }) => `label: ${name} by ${label}`));
  }
  return faults;
}

function readQuery(query: string) {
  // As Grafana fills them in.
  const text = query.replaceAll('$__rate_interval', '5m').replaceAll('$workspace', 'one');
  const faults: string[] = [];
  const selected: { name: string; labels: string[] }[] = [];
  const grouped: string[] = [];
  const wordAt = (node: SyntaxNode | null) => (node === null ? '' : text.slice(node.from, node.to));
  const visit = ({ type, name, node }: SyntaxNodeRef) => {
    if (type.isError) faults.push(`grammar: ${text}`);
    if (name === 'GroupingLabels') grouped.push(...node.getChildren('LabelName').map(wordAt));
    if (name !== 'VectorSelector') return;
    const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
    const labels = matchers.map((matcher) => wordAt(matcher.getChild('LabelName')));
    selected.push({ name: wordAt(node.getChild('Identifier')), labels });
  };
  parser.parse(text).iterate({ enter: visit });
  return { faults, selected, grouped };
}

/** It is matched by no label at all. */
const isWithoutLabels = (query: string, name: string) =>
  new RegExp(`on \\(\\) sum\\(\\w+\\(${name}\\b`).test(query);

/** Labels that a legend names and that its metric does not have. */
function findUnknownLabels(
  metrics: Metrics,
  { expr, legendFormat }: { expr: string; legendFormat: string },
): string[] {
  const { selected } = readQuery(expr);
  return [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, label = '']) => label)
    .filter((label) => selected.some(({ name }) => !metrics.get(name)?.has(label)));
}

test('every alert and panel asks for metrics and labels that /metrics of a server has', async () => {
  const metrics = await readFromServer();
  const faultsOf = (query: string) => findFaults(metrics, query);
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.flatMap(({ expr }) => faultsOf(expr))).toEqual([]);
  expect(targets.length).toBeGreaterThan(10);
  expect(targets.flatMap(({ expr }) => faultsOf(expr))).toEqual([]);
  expect(targets.flatMap((target) => findUnknownLabels(metrics, target))).toEqual([]);
  // What is not there is found.
  expect(faultsOf('usher_wating > 0')).toEqual(['metric: usher_wating']);
  expect(faultsOf('usher_waiting{team="a"}')).toEqual(['label: usher_waiting{team}']);
  expect(faultsOf('max by (team) (usher_waiting)')).toEqual(['label: usher_waiting by team']);
  expect(faultsOf('max by (workspace (usher_waiting)')).not.toEqual([]);
  // The dashboard shows all of ours but one, of which an alert tells.
  const shown = targets.map(({ expr }) => expr).join();
  const ours = [...metrics.keys()].filter((name) =>
    /^usher_.*(?<!_(bucket|sum|count))$/.test(name),
  );
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((name) => !shown.includes(name))).toEqual(['usher_uploads_stopped']);
});

test('panels have ids of their own and lie beside one another', () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const overlap = ({ gridPos: a }: Panel, { gridPos: b }: Panel) =>
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  const faults = panels.flatMap((one, at) =>
    panels.slice(at + 1).filter((other) => overlap(one, other)),
  );
  expect(faults).toEqual([]);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
});

const missing =
  spawnSync('promtool', ['--version']).error === undefined
    ? null
    : '(skipped: there is no promtool on this machine; Debian’s package prometheus has it)';

test.skipIf(missing !== null)(
  `promtool takes the rules; each alert fires on its trouble and is silent beside it ${missing ?? ''}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usher-rules-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await copyFile(RULES, join(folder, 'usher.rules.yml'));
    await copyFile('test/ops/usher.rules.test.yml', join(folder, 'tests.yml'));
    const ask = (...args: string[]) =>
      spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
    const checked = ask('check', 'rules', 'usher.rules.yml');
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    const tried = ask('test', 'rules', 'tests.yml');
    expect([tried.status, tried.stderr]).toEqual([0, '']);
    const cases = await readFile('test/ops/usher.rules.test.yml', 'utf8');
    expect(rules.filter(({ alert }) => !cases.includes(`"${alert}"`))).toEqual([]);
  },
);
