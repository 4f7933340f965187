// What the broker asks before it lets a client in, or lets it do anything.
import type { Connection } from './connection.ts';
import type { Identity, Refusal } from './identity.ts';
import type { Taken } from './publishing.ts';
import type { Published } from './take-publish.ts';

export interface Door {
  recognise(login: {
    username: string | undefined;
    password: string | undefined;
  }): Promise<Identity | Refusal>;
  /** `filter` and `topic` are relative to the base. */
  maySubscribe(identity: Identity, filter: string): Promise<boolean>;
  take(connection: Connection, published: Published): Promise<Taken>;
  came(connection: Connection): void;
  left(connection: Connection): void;
  onRefusal(connection: Connection | null, what: string): void;
}
