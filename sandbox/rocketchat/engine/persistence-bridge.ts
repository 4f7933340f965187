// The apps' records, with what differs between servers taken at its worst: an update of a record that
// exists fails, and removing by association takes one record.
import type { RocketChatAssociationRecord } from '@rocket.chat/apps-engine/definition/metadata/index.js';
import { PersistenceBridge } from '@rocket.chat/apps-engine/server/bridges/PersistenceBridge.js';
import type { Kept } from './kept.ts';

export interface StorageFault {
  isDown: boolean;
  /** Told of each record that is written or removed, when it is done. */
  onChange: () => void;
}

export class AppPersistence extends PersistenceBridge {
  private readonly kept: Kept;
  private readonly fault: StorageFault;

  constructor(kept: Kept, fault: StorageFault) {
    super();
    this.kept = kept;
    this.fault = fault;
  }

  protected async purge(appId: string): Promise<void> {
    for (const [id, record] of this.kept.records) if (record.appId === appId) this.drop(id);
  }

  protected create(data: object, appId: string): Promise<string> {
    return this.createWithAssociations(data, [], appId);
  }

  protected async createWithAssociations(
    data: object,
    associations: RocketChatAssociationRecord[],
    appId: string,
  ): Promise<string> {
    this.refuseWhenDown();
    const id = String(this.kept.nextId++);
    const names = associations.map(nameOf);
    this.kept.records.set(id, { appId, associations: names, data: copy(data) });
    for (const name of names) {
      const ids = this.kept.byAssociation.get(name) ?? new Set();
      this.kept.byAssociation.set(name, ids.add(id));
    }
    this.fault.onChange();
    return id;
  }

  protected async readById(id: string, _appId: string): Promise<object> {
    this.refuseWhenDown();
    return copy(this.kept.records.get(id)?.data ?? {});
  }

  protected async readByAssociations(
    associations: RocketChatAssociationRecord[],
    appId: string,
  ): Promise<object[]> {
    this.refuseWhenDown();
    return this.find(associations, appId).map((id) => copy(this.kept.records.get(id)?.data ?? {}));
  }

  protected async remove(id: string, _appId: string): Promise<object | undefined> {
    this.refuseWhenDown();
    const data = this.kept.records.get(id)?.data;
    this.drop(id);
    return data;
  }

  protected async removeByAssociations(
    associations: RocketChatAssociationRecord[],
    appId: string,
  ): Promise<object[]> {
    this.refuseWhenDown();
    const found = this.find(associations, appId);
    const data = found.map((id) => copy(this.kept.records.get(id)?.data ?? {}));
    if (found[0] !== undefined) this.drop(found[0]);
    this.fault.onChange();
    return data;
  }

  protected async update(): Promise<string> {
    throw new Error('Not implemented.');
  }

  protected async updateByAssociations(): Promise<string> {
    throw new TypeError("Cannot read properties of null (reading 'toString')");
  }

  private find(associations: RocketChatAssociationRecord[], appId: string): string[] {
    const [first, ...rest] = associations.map(nameOf);
    const ids = [...(this.kept.byAssociation.get(first ?? '') ?? [])];
    return ids.filter((id) => {
      const record = this.kept.records.get(id);
      return record?.appId === appId && rest.every((name) => record.associations.includes(name));
    });
  }

  private drop(id: string): void {
    for (const name of this.kept.records.get(id)?.associations ?? []) {
      const ids = this.kept.byAssociation.get(name);
      ids?.delete(id);
      if (ids?.size === 0) this.kept.byAssociation.delete(name);
    }
    this.kept.records.delete(id);
  }

  private refuseWhenDown(): void {
    if (this.fault.isDown) throw new Error('connection pool is closed');
  }
}

function nameOf(association: RocketChatAssociationRecord): string {
  return `${association.getModel()} ${association.getID()}`;
}

function copy<T extends object>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}
