// What an installation without development dependencies consists of, and under which licences.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Installed {
  version: string;
  license?: string;
  dev?: true;
  link?: true;
}

/** They ask for no more than to keep their text, which each package has beside it. */
const ALLOWED = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0'],
  ...['ISC', 'MIT', 'MIT-0'],
];
/** libvips, which sharp loads as a library of its own that anybody can replace: LGPL allows that. */
const EXCEPTIONS: [name: RegExp, licence: string][] = [
  [/^@img\/sharp-(libvips-[\w-]+|wasm32|win32-\w+)$/, 'LGPL-3.0-or-later'],
];

const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
  packages: Record<string, Installed>;
};
const installed = Object.entries(lock.packages)
  .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
  .map(([path, one]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), ...one }));

function findForbidden(name: string, license = 'none'): string[] {
  const allowed = EXCEPTIONS.filter(([names]) => names.test(name)).map(([, licence]) => licence);
  return license
    .replace(/^\((.*)\)$/, '$1')
    .split(' AND ')
    .filter((one) => !one.split(' OR ').some((other) => [...ALLOWED, ...allowed].includes(other)));
}

test('every production dependency has a licence of the list, or is an exception by name', () => {
  expect(installed.length).toBeGreaterThan(100);
  const faults = installed.map(({ name, license }) => ({
    name,
    forbidden: findForbidden(name, license),
  }));
  expect(faults.filter(({ forbidden }) => forbidden.length > 0)).toEqual([]);
});

test('a licence that is not on the list is found, also beside one that is, or where none is named', () => {
  expect(findForbidden('some', 'GPL-3.0-only')).toEqual(['GPL-3.0-only']);
  expect(findForbidden('some', 'MIT AND LGPL-3.0-or-later')).toEqual(['LGPL-3.0-or-later']);
  expect(findForbidden('some', '(MIT OR GPL-3.0-only)')).toEqual([]);
  expect(findForbidden('some', undefined)).toEqual(['none']);
});

test('no exception is left of what is not installed any more', () => {
  const used = EXCEPTIONS.filter(([names, licence]) =>
    installed.some(({ name, license }) => names.test(name) && license?.includes(licence)),
  );
  expect(used).toEqual(EXCEPTIONS);
});

test('the list of components names each production package, with its licence, and nothing else', {
  timeout: 180_000,
}, async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const list = JSON.parse(stdout) as {
    bomFormat: string;
    components: { name: string; version: string; licenses?: object[] }[];
  };
  expect(list.bomFormat).toBe('CycloneDX');
  const named = list.components.map(({ name, version }) => `${name}@${version}`);
  const wanted = new Set(installed.map(({ name, version }) => `${name}@${version}`));
  expect(named.toSorted()).toEqual([...wanted].toSorted());
  expect(list.components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
});
