// Whatever leaves the server goes through src/outbound, which guards and bounds it: nothing else opens a request.
import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** Each with what it would let somebody do unguarded. */
const breaches: readonly RegExp[] = [
  /(?:\bawait|\breturn|\bvoid|=>?|[(,;{?:])\s*fetch\(/,
  /globalThis\.fetch|\bfetch\.bind|[:=]\s*fetch\b/,
  /^import (?!type )[^;]*from 'undici'/m,
  /^import (?!type )[^;]*from 'nodemailer'/m,
  /^import (?!type )[^;]*(?<!type )\b(request|get|Agent)\b[^;]*from 'node:https?'/m,
  /^import (?!type )[^;]*(?<!type )\b(connect|createConnection|Socket)\b[^;]*from 'node:(net|tls)'/m,
  /^import \* as \w+ from 'node:(https?|net|tls|http2)'/m,
  /\bnew (WebSocket|EventSource|XMLHttpRequest)\(/,
];

const breachesOf = (text: string): RegExp[] => breaches.filter((breach) => breach.test(text));

test('no request is opened outside src/outbound, except by the command in its owner’s shell', async () => {
  const found: string[] = [];
  let read = 0;
  for await (const path of glob('src/**/*.ts')) {
    // The command is run by hand, and calls what its owner names, or has started itself.
    const isElsewhere = /^src\/(outbound|cli|torture)\//.test(path) || path.endsWith('.test.ts');
    if (isElsewhere) continue;
    read += 1;
    for (const breach of breachesOf(await readFile(path, 'utf8'))) found.push(`${path}: ${breach}`);
  }
  expect(read).toBeGreaterThan(200);
  expect(found).toEqual([]);
});

test('pictures are drawn by the process that can be ended alone, and nowhere else', async () => {
  const found: string[] = [];
  for await (const path of glob('src/**/*.ts')) {
    if (path.endsWith('.test.ts')) continue;
    if (/^import (?!type )[^;]*from 'sharp'/m.test(await readFile(path, 'utf8'))) found.push(path);
  }
  expect(found).toEqual(['src/http/draw-picture-child.ts']);
});

test.each([
  "await fetch('http://example.com');",
  'const send = fetch;',
  "import { Agent, request } from 'undici';",
  "import { createTransport } from 'nodemailer';",
  "import { request as ask } from 'node:http';",
  "import { createServer,\n  get } from 'node:https';",
  "import { connect } from 'node:net';",
  "import * as tls from 'node:tls';",
  "new WebSocket('ws://example.com')",
])('%s is found', (text) => expect(breachesOf(text)).not.toEqual([]));
