// The engine's storages of apps and of what they log.
import type { AppConsole } from '@rocket.chat/apps-engine/server/logging/index.js';
import {
  AppLogStorage,
  AppMetadataStorage,
  AppSourceStorage,
  type IAppStorageItem,
} from '@rocket.chat/apps-engine/server/storage/index.js';
import type { Kept } from './kept.ts';

/** Copies: an item that the engine holds has objects of the app's sandbox in it. */
function copy(item: IAppStorageItem): IAppStorageItem {
  return JSON.parse(JSON.stringify(item)) as IAppStorageItem;
}

export class MetadataStorage extends AppMetadataStorage {
  private readonly kept: Kept;

  constructor(kept: Kept) {
    super('in memory');
    this.kept = kept;
  }

  async create(item: IAppStorageItem): Promise<IAppStorageItem> {
    this.kept.items.set(item.id, copy(item));
    return item;
  }

  async retrieveOne(id: string): Promise<IAppStorageItem | null> {
    const item = this.kept.items.get(id);
    return item === undefined ? null : copy(item);
  }

  async retrieveAll(): Promise<Map<string, IAppStorageItem>> {
    return new Map([...this.kept.items].map(([id, item]) => [id, copy(item)]));
  }

  async update(item: IAppStorageItem): Promise<IAppStorageItem> {
    this.kept.items.set(item.id, copy(item));
    return item;
  }

  async remove(id: string): Promise<{ success: boolean }> {
    return { success: this.kept.items.delete(id) };
  }
}

export class SourceStorage extends AppSourceStorage {
  private readonly kept: Kept;

  constructor(kept: Kept) {
    super();
    this.kept = kept;
  }

  async store(item: IAppStorageItem, zip: Buffer): Promise<string> {
    this.kept.packages.set(item.id, zip);
    return item.id;
  }

  async fetch(item: IAppStorageItem): Promise<Buffer> {
    const zip = this.kept.packages.get(item.id);
    if (zip === undefined) throw new Error(`There is no package of ${item.id}.`);
    return zip;
  }

  update(item: IAppStorageItem, zip: Buffer): Promise<string> {
    return this.store(item, zip);
  }

  async remove(item: IAppStorageItem): Promise<void> {
    this.kept.packages.delete(item.id);
  }
}

export interface LogLine {
  severity: string;
  method: string;
  text: string;
}

/** Keeps the lines of the app's own, debugging ones left out. */
export class LogStorage extends AppLogStorage {
  readonly lines: LogLine[] = [];

  constructor() {
    super('in memory');
  }

  async find(): Promise<never[]> {
    return [];
  }

  async storeEntries(_appId: string, logger: AppConsole): Promise<never> {
    for (const { severity, args } of logger.getEntries()) {
      if (`${severity}` === 'debug') continue;
      const text = args.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
      this.lines.push({ severity, method: logger.getMethod(), text: text.join(' ') });
    }
    return undefined as never;
  }

  async getEntriesFor(): Promise<never[]> {
    return [];
  }

  async removeEntriesFor(): Promise<void> {
    this.lines.length = 0;
  }
}
