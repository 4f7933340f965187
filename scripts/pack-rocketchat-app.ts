// Packs apps/rocketchat-tickets as Rocket.Chat takes it: app.json, the icon, the words of its settings
// and the code, compiled into one file. The same sources give the same bytes.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { build } from 'vite';

interface AppJson {
  id: string;
  name: string;
  nameSlug: string;
  version: string;
  classFile: string;
  iconFile: string;
}

export interface PackOptions {
  /** Another id, name and slug, so that a server can have the app twice: one for each RapidPro. */
  as?: Partial<Pick<AppJson, 'id' | 'name' | 'nameSlug'>>;
}

export interface Packed {
  app: AppJson;
  zip: Buffer;
  /** Paths in the package, sorted. */
  contents: string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'apps/rocketchat-tickets');
// The earliest time a zip can say; its clock knows no zone.
const NO_TIME = new Date(1980, 0, 1);

if (process.argv[1] === fileURLToPath(import.meta.url)) await writePackage();

export async function packRocketChatApp({ as = {} }: PackOptions = {}): Promise<Packed> {
  const declared = JSON.parse(await readFile(join(source, 'app.json'), 'utf8')) as AppJson;
  const app: AppJson = { ...declared, ...as, classFile: declared.classFile.replace(/ts$/, 'js') };
  const files: Record<string, Uint8Array> = {
    'app.json': Buffer.from(`${JSON.stringify(app, null, 2)}\n`),
    [app.classFile]: Buffer.from(await compile(declared.classFile)),
    [app.iconFile]: await readFile(join(source, app.iconFile)),
  };
  for (const name of await readdir(join(source, 'i18n'))) {
    files[`i18n/${name}`] = await readFile(join(source, 'i18n', name));
  }
  const contents = Object.keys(files).toSorted();
  const sorted = Object.fromEntries(contents.map((name) => [name, files[name] as Uint8Array]));
  return { app, zip: Buffer.from(zipSync(sorted, { level: 9, mtime: NO_TIME })), contents };
}

/** One file of CommonJS: the engine evaluates each file anew wherever it is required. */
async function compile(classFile: string): Promise<string> {
  const built = await build({
    configFile: false,
    root: source,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2020',
      lib: { entry: join(source, classFile), formats: ['cjs'], fileName: 'app' },
      rollupOptions: { external: [/^@rocket\.chat\/apps-engine\//, 'crypto'] },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('Nothing was compiled.');
  const [chunk, ...rest] = output.output;
  if (chunk?.type !== 'chunk' || rest.length > 0) throw new Error('More than one file was made.');
  return chunk.code;
}

async function writePackage(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      id: { type: 'string' },
      name: { type: 'string' },
      slug: { type: 'string' },
    },
  });
  const as = {
    ...(values.id === undefined ? {} : { id: values.id }),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.slug === undefined ? {} : { nameSlug: values.slug }),
  };
  const { app, zip, contents } = await packRocketChatApp({ as });
  const out = values.out ?? join(root, `dist/apps/${app.nameSlug}_${app.version}.zip`);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, zip);
  process.stdout.write(`${out}\n${contents.map((name) => `  ${name}\n`).join('')}`);
}
