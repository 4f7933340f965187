// Records in the app's persistence, each under a key and in groups. A change writes the next version
// and then removes the older ones: servers differ in whether an update works at all, and a crash
// between the two leaves both, of which the newer counts.
import {
  RocketChatAssociationModel,
  RocketChatAssociationRecord,
} from '@rocket.chat/apps-engine/definition/metadata';
import type { Means } from './means';

type Storage = Pick<Means, 'read' | 'persistence'>;

interface Version {
  key: string;
  version: number;
  /** JSON, because names of a stranger's fields may have dots and dollars in them. */
  json: string;
}

/**
 * The server's storage does not answer. Known by its name: some compilers leave the modules apart, and
 * then the engine evaluates them more than once.
 */
export class StorageDown extends Error {
  override readonly name = 'StorageDown';
}

export async function getRecord<T>(storage: Storage, key: string): Promise<T | null> {
  const newest = pickNewest(await readVersions(storage, `key:${key}`));
  return newest.length === 0 ? null : (JSON.parse((newest[0] as Version).json) as T);
}

/** In no order. */
export async function listRecords<T>(storage: Storage, group: string): Promise<T[]> {
  const found = pickNewest(await readVersions(storage, `group:${group}`));
  return found.map(({ json }) => JSON.parse(json) as T);
}

/** Replaces what stands under the key, and the groups it was in. */
export async function keepRecord(
  storage: Storage,
  record: { key: string; groups: string[]; value: unknown },
): Promise<void> {
  const { key, groups, value } = record;
  const older = await readVersions(storage, `key:${key}`);
  const version = Math.max(0, ...older.map((one) => one.version)) + 1;
  const names = [`key:${key}`, `at:${key}#${version}`, ...groups.map((one) => `group:${one}`)];
  const data: Version = { key, version, json: JSON.stringify(value) };
  await orDown(storage.persistence.createWithAssociations(data, names.map(associate)));
  for (const one of older) await remove(storage, `at:${key}#${one.version}`);
}

export async function forgetRecord(storage: Storage, key: string): Promise<void> {
  for (const one of await readVersions(storage, `key:${key}`)) {
    await remove(storage, `at:${key}#${one.version}`);
  }
}

async function readVersions({ read }: Storage, name: string): Promise<Version[]> {
  const reader = read.getPersistenceReader();
  return (await orDown(reader.readByAssociation(associate(name)))) as Version[];
}

async function remove({ persistence }: Storage, name: string): Promise<void> {
  await orDown(persistence.removeByAssociation(associate(name)));
}

function associate(name: string): RocketChatAssociationRecord {
  return new RocketChatAssociationRecord(RocketChatAssociationModel.MISC, name);
}

function pickNewest(versions: Version[]): Version[] {
  const newest = new Map<string, Version>();
  for (const one of versions) {
    if (one.version > (newest.get(one.key)?.version ?? 0)) newest.set(one.key, one);
  }
  return [...newest.values()];
}

async function orDown<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw new StorageDown(String((error as Error)?.message ?? error));
  }
}
