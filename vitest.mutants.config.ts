// The tests of one room of bench/mutant-rooms.ts, without what the whole suite sets up.
import { defineConfig } from 'vitest/config';
import { mutantRooms } from './bench/mutant-rooms.ts';

const room = mutantRooms[process.env.MUTANT_ROOM ?? ''];
if (room === undefined) throw new Error('MUTANT_ROOM names no room: use npm run mutants.');

export default defineConfig({
  test: {
    include: [...room.tests],
    globalSetup: room.database ? ['test/postgres.ts'] : [],
    testTimeout: 60_000,
  },
});
