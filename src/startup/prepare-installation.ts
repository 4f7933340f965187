// Prepares the database before anything else starts: the schema, the keys of its secrets, a
// workspace, a first admin.

import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { nobodyListens } from '../desk/commit.ts';
import { prepareFirstRun } from '../desk/first-run.ts';
import {
  DEFAULT_WORKSPACE,
  type EnvironmentChannel,
  prepareWorkspace,
} from '../desk/prepare-workspace.ts';
import { requireKeys, warnOfPlainSecrets } from '../desk/reseal-secrets.ts';
import { migrate } from '../store/migrate.ts';
import { makeSecretBox, type SecretBox } from '../store/secret-box.ts';
import { keepFirstRunCode, keepToken } from './keep-secrets.ts';

export interface Prepared {
  secrets: SecretBox;
  /** null: there was one. */
  newAdminToken: string | null;
  /** null: somebody can sign in. */
  firstRunCode: string | null;
  /** null: in no file. */
  firstRunFile: string | null;
}

export async function prepareInstallation(
  config: Config,
  {
    db,
    log,
    stop,
    channels,
  }: {
    db: Pool;
    log: Logger;
    stop: AbortSignal | undefined;
    channels: readonly EnvironmentChannel[];
  },
): Promise<Prepared> {
  const applied = await migrate(db, {
    onNewer: (migrations) =>
      log.warn({ migrations }, 'the schema is of a newer Usher, which this one runs beside'),
  });
  stop?.throwIfAborted();
  if (applied.length > 0) log.info({ migrations: applied }, 'the schema was brought up to date');
  const secrets = readSecretBox(config);
  await requireKeys(db, secrets);
  await warnOfPlainSecrets({ db, log, secrets });
  const newAdminToken = await prepareWorkspace(
    { db, secrets, ...nobodyListens },
    {
      adminToken: config.USHER_ADMIN_TOKEN,
      defaultCapacity: config.QISCUS_MAX_CUSTOMER,
      channels,
    },
  );
  if (newAdminToken !== null) await keepToken(config, newAdminToken);
  const firstRunCode = await prepareFirstRun({ db, ...nobodyListens }, readFirstAdmin(config));
  const firstRunFile = await keepFirstRunCode(config, firstRunCode).catch((error: unknown) => {
    log.warn({ err: error }, 'the first-run code is in no file: USHER_DATA_DIR cannot be written');
    return null;
  });
  return { secrets, newAdminToken, firstRunCode, firstRunFile };
}

export function readSecretBox({
  USHER_SECRET_KEY: key,
  USHER_SECRET_KEY_OLD: old = '',
}: Config): SecretBox {
  const keys = old.split(',').map((one) => one.trim());
  return makeSecretBox({ key, old: keys.filter((one) => one !== '') });
}

/** The first admin whom the environment names, if any. */
function readFirstAdmin(config: Config) {
  const { USHER_ADMIN_EMAIL: email, USHER_ADMIN_PASSWORD: password } = config;
  const admin = email === undefined || password === undefined ? null : { email, password };
  return { workspaceId: DEFAULT_WORKSPACE, admin };
}
