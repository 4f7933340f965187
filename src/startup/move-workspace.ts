// What `usher export-workspace` and `usher import-workspace` do with a database, wherever it is.
import { Value } from 'typebox/value';
import { type ExportFigures, exportWorkspace } from '../backup/export-workspace.ts';
import {
  checkWorkspace,
  type ImportFigures,
  importWorkspace,
  type WorkspaceContents,
} from '../backup/import-workspace.ts';
import type { Config } from '../config.ts';
import { WorkspaceUpdate } from '../contract/operator.ts';
import { PolicyDocument } from '../contract/policy/document.ts';
import { noteArrival } from '../desk/note-arrival.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { version } from '../program/version.ts';
import type { Arrived } from '../store/move-workspace.ts';
import type { Tx } from '../store/tx.ts';
import { checkOwn, refuseExisting } from './back-up.ts';
import { locateDatabase } from './locate-database.ts';

export async function moveOut(
  config: Config,
  { named, path }: { named: string; path: string },
): Promise<ExportFigures> {
  await refuseExisting(path);
  if (config.DATABASE_URL !== undefined) {
    await checkOwn(config.DATABASE_URL, { standbyWillDo: true });
  }
  const { connectionString, leave } = await locateDatabase(config);
  try {
    return await exportWorkspace({ connectionString, path, named, version, takenAt: new Date() });
  } finally {
    await leave();
  }
}

export const DEFAULT_LARGEST_GB = 100;

export interface MovedIn extends ImportFigures {
  head: WorkspaceContents['head'];
  /** Who is invited, and the address; null: nobody could be. */
  invited: { email: string; url: string } | null;
  signInUrl: string;
}

/** Reads all of it, and writes nothing. */
export function inspectWorkspace(path: string, largest: number): Promise<WorkspaceContents> {
  return checkWorkspace(path, largest);
}

/** Nothing is written before all of it has been read. `admin`: who is invited; absent: the first admin. */
export async function moveIn(
  config: Config,
  wanted: { path: string; slug?: string | undefined; admin?: string | undefined; largest: number },
): Promise<MovedIn> {
  const { path, slug, largest } = wanted;
  const contents = await inspectWorkspace(path, largest);
  if (config.DATABASE_URL !== undefined) await checkOwn(config.DATABASE_URL);
  const { connectionString, leave } = await locateDatabase(config);
  const { head } = contents;
  const known = { admins: [] as string[], admin: wanted.admin, code: null as string | null };
  try {
    const imported = await importWorkspace({
      ...{ connectionString, path, contents, largest, slug },
      judge: (arrived) => {
        known.admins = arrived.admins;
        known.admin ??= arrived.admins[0];
        return judgeArrived(arrived);
      },
      finish: async (client, workspaceId) => {
        const { takenAt, workspace } = head;
        const change = { name: workspace.name, slug: slug ?? workspace.slug, takenAt };
        const tx = client as unknown as Tx;
        known.code = await noteArrival(tx, { workspaceId, admin: known.admin, change });
        if (known.code === null && wanted.admin !== undefined) {
          const admins = known.admins.join(', ');
          throw new Error(`${wanted.admin} is no admin of it. Its admins are: ${admins}`);
        }
      },
    });
    return { ...imported, head, ...spellDoors(config, imported, known) };
  } finally {
    await leave();
  }
}

function judgeArrived({ slug, name, policy }: Arrived): string | null {
  if (!Value.Check(WorkspaceUpdate, { name, slug })) return `it cannot be called ${slug}`;
  if (Value.Check(PolicyDocument, policy)) return null;
  return 'its policy does not hold here. Put it in force once more where it comes from';
}

function spellDoors(
  config: Config,
  { workspaceId, slug }: ImportFigures,
  { admin = '', code }: { admin: string | undefined; code: string | null },
): Pick<MovedIn, 'invited' | 'signInUrl'> {
  const base = (config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`).replace(/\/+$/, '');
  const query = workspaceId === DEFAULT_WORKSPACE ? '' : `?workspace=${slug}`;
  return {
    invited: code === null ? null : { email: admin, url: `${base}/invite/${code}` },
    signInUrl: `${base}/sign-in${query}`,
  };
}
