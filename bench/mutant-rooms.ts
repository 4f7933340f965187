// What `npm run mutants` changes, and the tests that must notice. They are the nearest tests, so that a mutant costs seconds.

export interface MutantRoom {
  mutate: readonly string[];
  tests: readonly string[];
  /** Whether the tests need PostgreSQL. */
  database: boolean;
  /** The share that must be noticed. */
  atLeast: number;
}

const near = (folder: string): Pick<MutantRoom, 'mutate' | 'tests'> => ({
  mutate: [`${folder}/*.ts`, `!${folder}/*.test.ts`],
  tests: [`${folder}/*.test.ts`],
});

export const mutantRooms: Readonly<Record<string, MutantRoom>> = {
  routing: { ...near('src/routing'), database: false, atLeast: 0.9 },
  'routing/calendars': { ...near('src/routing/calendars'), database: false, atLeast: 0.9 },
  'routing/targets': { ...near('src/routing/targets'), database: false, atLeast: 0.9 },
  'routing/rules': { ...near('src/routing/rules'), database: false, atLeast: 0.9 },
  'routing/plans': { ...near('src/routing/plans'), database: false, atLeast: 0.9 },
  'routing/policy': { ...near('src/routing/policy'), database: false, atLeast: 0.9 },
  access: { ...near('src/access'), database: false, atLeast: 0.9 },
  'mqtt/may': {
    mutate: ['src/mqtt/may.ts'],
    tests: ['src/mqtt/may.test.ts'],
    database: false,
    atLeast: 0.9,
  },
  delivery: {
    mutate: ['retry-schedule', 'sign-delivery', 'verify-delivery', 'seat'].map(
      (name) => `src/delivery/${name}.ts`,
    ),
    tests: ['src/delivery/{retry-schedule,sign-delivery,verify-delivery,seat}.test.ts'],
    database: false,
    atLeast: 0.8,
  },
  desk: {
    mutate: [
      'src/desk/route-waiting.ts',
      'src/desk/close-conversation.ts',
      'src/desk/requeue-conversation.ts',
      'src/desk/assign-conversation.ts',
    ],
    tests: [
      'src/desk/{route-waiting,close-conversation,requeue-conversation,assign-conversation}.test.ts',
      'src/desk/{place-waiting,read-awaiting-now,plan-words}.test.ts',
      'test/model/*.test.ts',
      'test/stories/{manual-verbs,taking-over,skills,qiscus-emptied-room,rocketchat-external,rocketchat-desk}.test.ts',
    ],
    database: true,
    atLeast: 0.8,
  },
};
