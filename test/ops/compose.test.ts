// ops/compose.yaml beside our own list of settings.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, settings } from '../../src/config.ts';

interface Service {
  environment: Record<string, string>;
  ports?: string[];
  volumes: string[];
  healthcheck: { test: string[] };
}

const text = await readFile('ops/compose.yaml', 'utf8');
const compose = parse(text) as {
  name: string;
  services: { usher: Service; database: Service };
  volumes: Record<string, null>;
};
const example = await readFile('ops/usher.env.example', 'utf8');
const { usher, database } = compose.services;

test('every variable that Usher is given is one that it reads, and the values hold together', () => {
  const inExample = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const given = { ...Object.fromEntries(inExample), ...usher.environment };
  const known = new Set(settings.map(({ name }) => name));
  expect(Object.keys(given).filter((name) => !known.has(name))).toEqual(['POSTGRES_PASSWORD']);
  const filled = Object.entries({ ...given, USHER_SECRET_KEY: 'k'.repeat(44) }).map(
    ([name, value]): [string, string] => [name, value.replace(/\$\{\w+:[^}]*\}/, 'password')],
  );
  const config = readConfig(Object.fromEntries(filled));
  const { POSTGRES_USER, POSTGRES_DB } = database.environment;
  const url = new URL(config.DATABASE_URL ?? '');
  expect([url.username, url.hostname, url.pathname]).toEqual([
    POSTGRES_USER,
    'database',
    `/${POSTGRES_DB}`,
  ]);
});

test('no secret stands in the file, and what it asks for is in the example', () => {
  const asked = [...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((name) => !example.includes(`\n${name}=`))).toEqual([]);
  const values = Object.entries({ ...usher.environment, ...database.environment });
  const secrets = values.filter(([name]) => /PASSWORD|SECRET|TOKEN|_URL/.test(name));
  expect(secrets.filter(([, value]) => !value.includes('${'))).toEqual([]);
});

test('Usher is reached from the host alone, and what is kept lies in named volumes', () => {
  expect(usher.ports?.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  expect(database.ports).toBeUndefined();
  const named = [usher, database].flatMap(({ volumes }) => volumes.map((one) => one.split(':')[0]));
  expect(named).toEqual(Object.keys(compose.volumes));
});
