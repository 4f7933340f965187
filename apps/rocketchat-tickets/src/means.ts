// What the engine hands to each call of the app, under the names that the app uses.
import type {
  IHttp,
  ILogger,
  IModify,
  IPersistence,
  IRead,
} from '@rocket.chat/apps-engine/definition/accessors';
import type { InTurn } from './in-turn';

export interface Means {
  appId: string;
  read: IRead;
  modify: IModify;
  http: IHttp;
  persistence: IPersistence;
  log: ILogger;
  /** One thing at a time, by name, within this process. */
  inTurn: InTurn;
  /** The next number of a stream: the time in milliseconds, and always higher than the last. */
  number: (stream: string, at: number) => number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Starts sending what waits in a stream, and does not wait for it. */
  wake: (means: Means, stream: string) => void;
}
