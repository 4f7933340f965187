// Serves the browser's files: the visitor's widget, the page that describes the API, and the back office.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { brandPage, type PageBrand } from './brand-page.ts';

// Beside the compiled program, and in dist when the program runs from its source.
const builtPages = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/pages' : '../../pages', import.meta.url),
);

export interface PagesOptions {
  pagesRoot?: string;
  /**
   * The origins whose pages may show the widget of this channel; null: any. The frame asks only our
   * own origin, so a channel's list of origins takes effect here. undefined: of the first channel,
   * which the frame then belongs to.
   */
  framersOf?: (channelId: string | undefined) => Promise<string[] | null>;
  /** Where browsers reach the broker. */
  mqttUrl?: () => string;
  /** What is filled into the back office's page; null: as it was built. */
  brandOf?: () => Promise<PageBrand | null>;
}

/** The policy of the widget's frame. It talks only to us and to the broker. */
function writeWidgetPolicy(framers: string[] | null, mqttUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${writeSources([mqttUrl])}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${writeFramers(framers)}`,
  ].join('; ');
}

/** Where any page may at all, ours may too: an admin tries the chat there. */
function writeFramers(framers: string[] | null): string {
  if (framers === null) return '*';
  const known = writeSources(framers, '');
  return known === '' ? "'none'" : `'self' ${known}`;
}

/**
 * The policy of the back office: nobody may frame it. Its component library writes style elements.
 * From elsewhere it shows only the two pictures that an admin has chosen.
 */
function writeWebPolicy(brand: PageBrand | null, mqttUrl: string): string {
  const pictures = [brand?.logoUrl, brand?.favIconUrl].filter((url) => typeof url === 'string');
  return [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${writeSources(pictures, '')}`.trim(),
    `connect-src 'self' ${writeSources([mqttUrl])}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of the page that describes the API: its files are our own, and it asks us alone. */
const REFERENCE_POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** It is one script, which asks us alone. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

/** The assets carry a hash of their content in their name. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Cached, but revalidated every time: the answer is mostly 304. */
const REVALIDATED = 'no-cache';

const NOT_BUILT = 'This page has not been built yet. Run: npm run build:pages\n';

export const pagesRoutes: FastifyPluginAsync<PagesOptions> = async (
  app,
  {
    pagesRoot = builtPages,
    framersOf = async () => null,
    mqttUrl = () => 'ws://localhost/mqtt',
    brandOf = async () => null,
  },
) => {
  // Relative to the root given with each file; this one need not exist yet.
  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL('.', import.meta.url)),
    serve: false,
    preCompressed: true,
    cacheControl: false,
  });
  const schema = { hide: true };

  app.get('/widget.js', { schema }, async (_request, reply) => {
    if (!(await isFile(join(pagesRoot, 'widget.js')))) return sayNotBuilt(reply);
    reply.headers({ ...forEverybody, 'cache-control': REVALIDATED });
    return reply.sendFile('widget.js', pagesRoot);
  });

  app.get('/service-worker.js', { schema }, async (_request, reply) => {
    if (!(await isFile(join(pagesRoot, 'service-worker.js')))) return sayNotBuilt(reply);
    reply.headers({ ...forUs, 'cache-control': REVALIDATED });
    reply.header('content-security-policy', WORKER_POLICY);
    return reply.sendFile('service-worker.js', pagesRoot);
  });

  app.get<Asked>('/widget/*', { schema }, async (request, reply) => {
    const root = join(pagesRoot, 'widget');
    const path = request.params['*'] === '' ? 'index.html' : request.params['*'];
    if (!(await isFile(join(root, 'index.html')))) return sayNotBuilt(reply);
    if (!(await isInside(root, path))) return reply.callNotFound();
    const framers = await framersOf(readChannel(request.url));
    const policy = writeWidgetPolicy(framers, mqttUrl());
    reply.headers({ ...forEverybody, ...forFrames, 'content-security-policy': policy });
    return sendPage(reply, root, path);
  });

  app.get('/docs', { schema }, (_request, reply) => reply.redirect('/docs/'));
  app.get<Asked>('/docs/*', { schema }, async (request, reply) => {
    const root = join(pagesRoot, 'reference');
    const path = request.params['*'] === '' ? 'index.html' : request.params['*'];
    if (!(await isFile(join(root, 'index.html')))) return sayNotBuilt(reply);
    if (!(await isInside(root, path))) return reply.callNotFound();
    reply.headers({ ...forUs, 'content-security-policy': REFERENCE_POLICY });
    return sendPage(reply, root, path);
  });

  // Everything that no other route answers: a file of the back office, or its page, which reads the
  // address.
  app.get<Asked>('/*', { schema }, async (request, reply) => {
    const root = join(pagesRoot, 'web');
    const path = request.params['*'];
    const isAsset = await isInside(root, path);
    if (!isAsset && !wantsPage(request)) return reply.callNotFound();
    if (!(await isFile(join(root, 'index.html')))) return sayNotBuilt(reply);
    const brand = isAsset && path !== 'index.html' ? null : await brandOf();
    reply.headers({ ...forUs, 'content-security-policy': writeWebPolicy(brand, mqttUrl()) });
    if (isAsset && path !== 'index.html') return sendPage(reply, root, path);
    if (brand === null) return sendPage(reply, root, 'index.html');
    const page = brandPage(await readFile(join(root, 'index.html'), 'utf8'), brand);
    const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 27)}"`;
    reply.headers({ 'cache-control': REVALIDATED, etag });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('text/html; charset=utf-8').send(page);
  });
};

interface Asked {
  Params: { '*': string };
}

/** Read as the frame in the browser reads its own address; a channel named twice counts as none. */
function readChannel(url: string): string | undefined {
  const named = new URL(url, 'http://localhost').searchParams.getAll('channelId');
  return named.length > 1 ? '' : named[0];
}

/** The origins of addresses, as a policy writes them. */
function writeSources(urls: readonly string[], nothing = "'none'"): string {
  // A value that is no origin would be read as something else, or as another directive.
  const known = urls.flatMap((url) => {
    const read = URL.canParse(url) ? new URL(url) : null;
    return read !== null && /^(http|ws)s?:$/.test(read.protocol)
      ? [`${read.protocol}//${read.host}`]
      : [];
  });
  return known.length === 0 ? nothing : [...new Set(known)].join(' ');
}

const forUs = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** A page that isolates itself from other origins may load these too. */
const forEverybody = {
  ...forUs,
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** An isolated page shows only isolated frames. Everything that ours loads is our own. */
const forFrames = { 'cross-origin-embedder-policy': 'require-corp' };

function sendPage(reply: FastifyReply, root: string, path: string): FastifyReply {
  reply.header('cache-control', path.startsWith('assets/') ? IMMUTABLE : REVALIDATED);
  return reply.sendFile(path, root);
}

/** A person who opens an address, or a monitor that looks whether there is a page; not a program that asks the API for something unknown. */
function wantsPage(request: FastifyRequest): boolean {
  if (request.url === '/') return true;
  const isOurs = /^\/(api|mqtt|docs|session|customer|attendant|config)(\/|$|\?)/.test(request.url);
  return !isOurs && (request.headers.accept ?? '').includes('text/html');
}

/** False for paths out of the root, for hidden files, and for precompressed copies. */
async function isInside(root: string, path: string): Promise<boolean> {
  const isPlain = path !== '' && !/(^|\/)\.|\\|\0|\.(br|gz)$/.test(path);
  return isPlain && isFile(join(root, path));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function sayNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
}
