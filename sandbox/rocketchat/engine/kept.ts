// What outlives the engine: Rocket.Chat's collections of apps, their records and their jobs.
import type { IAppStorageItem } from '@rocket.chat/apps-engine/server/storage/IAppStorageItem.js';

export interface StoredRecord {
  appId: string;
  /** As `model id`. */
  associations: string[];
  data: object;
}

export interface StoredJob {
  id: string;
  /** Of the processor, with the app's id in it. */
  name: string;
  data: object;
  /** Milliseconds since 1970, by the world's clock. */
  at: number;
  /** null: it runs once. */
  everyMs: number | null;
}

export interface Kept {
  items: Map<string, IAppStorageItem>;
  packages: Map<string, Buffer>;
  records: Map<string, StoredRecord>;
  /** Ids of records, by association. */
  byAssociation: Map<string, Set<string>>;
  jobs: Map<string, StoredJob>;
  nextId: number;
}

export function makeKept(): Kept {
  return {
    items: new Map(),
    packages: new Map(),
    records: new Map(),
    byAssociation: new Map(),
    jobs: new Map(),
    nextId: 1,
  };
}
