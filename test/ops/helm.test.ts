// The chart of ops/helm: what it renders is held against Kubernetes' own schemas, Usher's settings and its routes.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { versionChart, versionManifests } from '../../scripts/describe-chart.ts';
import { readConfig, settings } from '../../src/config.ts';
import { version } from '../../src/program/version.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import {
  CHART,
  type Manifest,
  merge,
  missing,
  readManifests,
  renderChart,
} from './render-chart.ts';

const kinds = { Deployment, Ingress, PodDisruptionBudget, Service, ServiceAccount };
const validate = (manifest: Manifest) =>
  new kinds[manifest.kind as keyof typeof kinds](manifest as never).validate();

const modules: Record<string, string> = {
  Deployment: 'apps/v1',
  Ingress: 'networking.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  Service: 'v1',
  ServiceAccount: 'v1',
};

/** The validator lets unknown fields pass; the types, which are made from the same definitions, do not. */
async function findUnknownFields(manifests: readonly Manifest[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-chart-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const lines = manifests.flatMap((manifest, at) => [
    `import type { I${manifest.kind} as T${at} } from 'kubernetes-models/${modules[manifest.kind]}/${manifest.kind}';`,
    `export const m${at}: T${at} = ${JSON.stringify(manifest)};`,
  ]);
  await writeFile(join(folder, 'manifests.mts'), lines.join('\n'));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext'];
  const tsc = resolve('node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, [...options, 'manifests.mts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout;
}

const values = parse(await readFile(`${CHART}/values.yaml`, 'utf8'));
const schema = JSON.parse(await readFile(`${CHART}/values.schema.json`, 'utf8'));
const whole = {
  replicas: 3,
  settings: {
    USHER_TRUSTED_PROXIES: '10.0.0.0/8',
    DATABASE_POOL_SIZE: 20,
    SESSION_KEEP_ALIVE_TIME: '600000',
  },
  secrets: { USHER_SECRET_KEY: { secret: 'usher', key: 'secret-key' } },
  ingress: { enabled: true, className: 'nginx', host: 'usher.example.com', tlsSecret: 'tls' },
  image: { tag: '9.9.9', pullSecrets: ['registry'] },
  podLabels: { team: 'desk' },
  podAnnotations: { 'prometheus.io/scrape': 'true' },
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  tolerations: [{ key: 'desk', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
};

/** Made by `node scripts/keep-manifests.ts`. */
const readKept = async () => readManifests(await readFile('ops/kubernetes/usher.yaml', 'utf8'));

interface Container {
  env: { name: string; value?: string; valueFrom?: { secretKeyRef: object } }[];
  image: string;
  securityContext: object;
  volumeMounts: { mountPath: string }[];
  lifecycle: { preStop: { exec: { command: string[] } } };
  startupProbe: Probe & { failureThreshold: number; periodSeconds: number };
  livenessProbe: Probe;
  readinessProbe: Probe;
}
interface Probe {
  httpGet: { path: string };
}
interface Pod {
  terminationGracePeriodSeconds: number;
  securityContext: object;
  containers: [Container];
}

const find = (manifests: readonly Manifest[], kind: string): Manifest => {
  const found = manifests.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`No ${kind} was rendered.`);
  return found;
};
const podOf = (manifests: readonly Manifest[]): Pod =>
  (find(manifests, 'Deployment').spec as { template: { spec: Pod } }).template.spec;

test('its values fit their schema, which refuses a variable that Usher does not read', () => {
  const check = new Ajv({ allowUnionTypes: true }).compile(schema);
  expect(check(values)).toBe(true);
  expect(check(merge(values, whole))).toBe(true);
  const known = settings.map(({ name }) => name);
  const offered = Object.keys(schema.properties.settings.properties);
  expect(offered.filter((name) => !known.includes(name))).toEqual([]);
  for (const wrong of [
    { settings: { USHER_SWEEPS_MS: '1' } },
    { settings: { PORT: '80' } },
    { secrets: { USHER_SECRET_KEY: 'in clear text' } },
    { ingress: { enabled: true, host: '' } },
    { replica: 2 },
  ]) {
    expect([wrong, check(merge(values, wrong))]).toEqual([wrong, false]);
  }
});

test('the chart and the manifests are of this version, and get the next one', async () => {
  const chart = await readFile(`${CHART}/Chart.yaml`, 'utf8');
  const kept = await readFile('ops/kubernetes/usher.yaml', 'utf8');
  expect(parse(chart)).toMatchObject({ version, appVersion: version });
  expect(versionManifests(kept, version)).toBe(kept);
  expect(parse(versionChart(chart, '9.8.7'))).toMatchObject({ appVersion: '9.8.7' });
  expect(versionManifests(kept, '9.8.7')).not.toContain(version);
});

test('the manifests that are kept for whoever has no helm are valid, field by field', async () => {
  const kept = await readKept();
  expect(kept.length).toBeGreaterThan(0);
  for (const manifest of kept) expect(() => validate(manifest)).not.toThrow();
  expect(await findUnknownFields(kept)).toBe('');
});

test.skipIf(missing !== null)(
  `they are what the chart renders with its own values ${missing ?? ''}`,
  async () => {
    const text = JSON.stringify(renderChart()).replaceAll('"Helm"', '"kubectl"');
    expect(JSON.parse(text)).toEqual(await readKept());
  },
);

test.skipIf(missing !== null)(
  `what is rendered is valid to Kubernetes, and a wrong type would not be ${missing ?? ''}`,
  () => {
    for (const over of [{}, whole, { replicas: 1 }]) {
      for (const manifest of renderChart(over)) expect(() => validate(manifest)).not.toThrow();
    }
    const rendered = renderChart(whole);
    expect(rendered.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds).toSorted());
    const broken = structuredClone(find(rendered, 'Deployment')) as unknown as {
      spec: { replicas: unknown };
    };
    broken.spec.replicas = 'many';
    expect(() => validate(broken as never)).toThrow();
  },
);

test.skipIf(missing !== null)(
  `every field that is rendered is one of Kubernetes, and a misspelt one is found ${missing ?? ''}`,
  async () => {
    const rendered = renderChart(whole);
    expect(await findUnknownFields(rendered)).toBe('');
    const misspelt = JSON.stringify(rendered).replace('"readinessProbe"', '"readynessProbe"');
    expect(await findUnknownFields(JSON.parse(misspelt))).toContain('readynessProbe');
  },
);

test.skipIf(missing !== null)(
  `a pod may write to its data and to /tmp alone, as nobody but its own user ${missing ?? ''}`,
  () => {
    const pod = podOf(renderChart());
    const [container] = pod.containers;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001 });
    expect(container.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    });
    const paths = container.volumeMounts.map(({ mountPath }) => mountPath);
    expect(paths).toEqual(['/var/lib/usher', '/tmp']);
  },
);

test.skipIf(missing !== null)(
  `the variables of a pod make a valid configuration, secrets by reference ${missing ?? ''}`,
  () => {
    const [{ env, image }] = podOf(renderChart(whole)).containers;
    expect(image).toBe('registry.example.com/usher:9.9.9');
    const referred = env.filter(({ valueFrom }) => valueFrom !== undefined);
    expect(referred.map(({ name }) => name)).toEqual(['DATABASE_URL', 'USHER_SECRET_KEY']);
    const secrets = { DATABASE_URL: 'postgres://u:p@db:5432/u', USHER_SECRET_KEY: 'k'.repeat(44) };
    const plain = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    const config = readConfig({ ...plain, ...secrets });
    expect(config).toMatchObject({
      ...{ HOST: '0.0.0.0', PORT: 3000, DATABASE_POOL_SIZE: 20 },
      PUBLIC_URL: 'https://usher.example.com',
    });
    const known = settings.map(({ name }) => name);
    expect(env.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  },
);

test.skipIf(missing !== null)(
  `its probes ask routes that a server has, and it ends in the time that a server needs ${missing ?? ''}`,
  async () => {
    const pod = podOf(renderChart());
    const [container] = pod.containers;
    const { startupProbe, livenessProbe, readinessProbe } = container;
    const usher = await startTestUsher();
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
      expect((await usher.call('GET', httpGet.path, { token: null })).status).toBe(200);
    }
    // A server that has lost its database is left alone, and is sent nothing.
    expect([livenessProbe.httpGet.path, readinessProbe.httpGet.path]).toEqual([
      '/livez',
      '/readyz',
    ]);
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBe(900);
    const leaves = Number(container.lifecycle.preStop.exec.command.at(-1));
    const began = performance.now();
    await usher.stop();
    const stopSeconds = (performance.now() - began) / 1000;
    expect(leaves + stopSeconds).toBeLessThan(pod.terminationGracePeriodSeconds);
  },
);

test.skipIf(missing !== null)(
  `one replica has no disruption budget, which would keep its node from being emptied ${missing ?? ''}`,
  () => {
    const kindsOf = (over: object) => renderChart(over).map(({ kind }) => kind);
    expect(kindsOf({ replicas: 1 })).not.toContain('PodDisruptionBudget');
    expect(kindsOf({ replicas: 2 })).toContain('PodDisruptionBudget');
  },
);
