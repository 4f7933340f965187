// A connection to the server that takes writes: a standby is refused, and a commit that no standby has is not believed.
import { Client, type ClientConfig } from 'pg';
import { DatabaseAway } from './is-outage.ts';
import { cut, primaryOf } from './primary.ts';

interface PrimaryClientConfig extends ClientConfig {
  /** For reading alone. */
  standbyWillDo?: boolean;
}

interface Wire {
  on(event: 'parameterStatus', hear: (told: Told) => void): void;
  emit(event: 'error', error: Error): void;
  stream: { destroy(): void };
}

interface Told {
  parameterName: string;
  parameterValue: string;
}

export class StandbyRefused extends DatabaseAway {
  constructor() {
    super('This server is a standby, which takes no writes.');
  }
}

/**
 * A commit that waits for a standby and is cancelled, as by a time limit, is answered as if all was well, with a
 * warning. It may be lost when that standby takes over, so it counts as not answered.
 */
const GAVE_UP_WAITING = 'SyncRepWaitForLSN';

export class PrimaryClient extends Client {
  #isStandby = false;
  readonly #standbyWillDo: boolean;

  constructor(config: PrimaryClientConfig = {}) {
    super({ ...config, connectionString: primaryOf(config.connectionString ?? '') });
    this.#standbyWillDo = config.standbyWillDo === true;
    const wire = wireOf(this);
    // PostgreSQL tells it at the start of each connection, and when it changes.
    wire.on('parameterStatus', ({ parameterName, parameterValue }) => {
      if (parameterName === 'in_hot_standby') this.#isStandby = parameterValue === 'on';
    });
    this.on('notice', ({ routine }) => {
      if (routine !== GAVE_UP_WAITING) return;
      wire.emit('error', new DatabaseAway('No standby has confirmed the commit.'));
      wire.stream.destroy();
    });
  }

  override connect(): Promise<this>;
  override connect(done: (error: Error | null) => void): void;
  override connect(done?: (error: Error | null) => void): Promise<this> | undefined {
    const connected = this.#connect();
    if (done === undefined) return connected;
    connected.then(() => done(null), done);
    return undefined;
  }

  async #connect(): Promise<this> {
    await super.connect();
    if (!this.#isStandby || this.#standbyWillDo) return this;
    cut(this);
    throw new StandbyRefused();
  }
}

// The types of pg do not have it.
function wireOf(client: object): Wire {
  return (client as { connection: Wire }).connection;
}
