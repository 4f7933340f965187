// Connections end with the right to them.
import { expect, onTestFinished, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { silentDesk } from '../../test/makers/silent-desk.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { makeTestClock } from '../../test/makers/test-clock.ts';
import { makeChannelDirectory } from '../desk/channel-directory.ts';
import { makeToken } from '../desk/make-token.ts';
import { DEFAULT_WORKSPACE, prepareWorkspace } from '../desk/prepare-workspace.ts';
import type { Identity } from './identity.ts';
import { judgeRights } from './judge-rights.ts';

const DAY_MS = 86_400_000;

test.each([
  ['a broker beside us answers', async () => {}],
  ['a broker beside us cannot be asked', () => Promise.reject(new Error('away'))],
])(
  'a right that ends by itself, as a token that grows too old, is found without anybody saying so while %s',
  async (_, cutEnded) => {
    const { pool } = await makeDatabase();
    const clock = makeTestClock(pool);
    const desk = silentDesk(pool, { clock });
    const workspaceId = DEFAULT_WORKSPACE;
    await prepareWorkspace(desk, { adminToken: undefined, defaultCapacity: 2, channels: [] });
    const role = 'supervisor';
    const enter = async (name: string): Promise<Identity> => {
      const { tokenId } = await makeToken(desk, { workspaceId, name, role, expiresInDays: 1 });
      return { kind: 'service', workspaceId, name, role, proof: { sessionId: null, tokenId } };
    };
    const old = await enter('old');
    await clock.advance(DAY_MS - 60_000);
    const young = await enter('young');
    let present = [old, young];
    const errors: unknown[] = [];
    const rights = judgeRights({
      desk,
      directory: await makeChannelDirectory(desk),
      broker: () => ({
        cutEnded,
        identities: () => present,
        cut: (fits) => {
          present = present.filter((identity) => !fits(identity));
        },
      }),
      onError: (error) => void errors.push((error as Error).message),
      sweepMs: 50,
    });
    onTestFinished(rights.stop);
    await clock.advance(60_000);
    expect(
      await eventually(
        () => present,
        ({ length }) => length < 2,
      ),
    ).toEqual([young]);
    expect(errors.filter((one) => one !== 'away')).toEqual([]);
  },
);
