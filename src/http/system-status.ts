// Whether everything is well, for admins: each thing that a workspace depends on, with its state.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Status } from '../contract/status.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import {
  listChannelStatus,
  listEndpointStatus,
  readDatabaseVersion,
  readLastBackup,
  readOverdue,
} from '../store/status.ts';
import { allow } from './authenticate.ts';
import type { FileMeans } from './file-means.ts';
import { type BrokerState, judgeStatus } from './judge-status.ts';
import type { RouteMeans } from './route-means.ts';

export interface StatusMeans {
  brokerState: () => BrokerState;
  /** Of this Usher. */
  version: string;
}

/** What was due so long ago and not sent waits for nothing that anybody knows of. */
const OVERDUE_SECONDS = 60;

export const systemStatusRoutes: FastifyPluginAsyncTypebox<
  RouteMeans & StatusMeans & { fileMeans: Pick<FileMeans, 'isDiskLow'> }
> = async (app, { desk, mailing, fileMeans, brokerState, version }) => {
  app.get(
    '/api/v1/status',
    {
      onRequest: allow(desk, 'notices.read'),
      schema: {
        tags: ['settings'],
        description:
          'What a workspace depends on, each with its state. While the database does not answer, this is answered 503; ask /readyz without a token.',
        response: { 200: Status },
      },
    },
    async ({ actor: { workspaceId } }) => {
      const { db, clock } = desk;
      const began = clock.elapsed();
      const databaseVersion = await readDatabaseVersion(db);
      const databaseMs = clock.elapsed() - began;
      const [backupAt, overdue, channels, endpoints] = await Promise.all([
        readLastBackup(db, DEFAULT_WORKSPACE),
        readOverdue(db, { workspaceId, seconds: OVERDUE_SECONDS }),
        listChannelStatus(db, workspaceId),
        listEndpointStatus(db, workspaceId),
      ]);
      return judgeStatus({
        ...{ version, databaseVersion, databaseMs, backupAt, overdue, channels, endpoints },
        now: new Date(clock.now()),
        isDiskLow: fileMeans.isDiskLow(),
        broker: brokerState(),
        sendsMails: mailing !== null,
      });
    },
  );
};
