// Trials hold whoever asks for seconds: few may wait, and the rest are told when to come back.
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

const automation = { name: 'Try', on: ['conversation.opened'], actions: [{ do: 'close' }] };

test.each([
  ['policy', { policy: defaultPolicy }],
  ['automations', { automation }],
])(
  'of eight trials at once at %s/check one runs, four wait, and three are told when to come back',
  async (what, body) => {
    // Whatever reads conversations holds a connection meanwhile, and each request needs one.
    const usher = await startTestUsher({ DATABASE_POOL_SIZE: '10' });
    const holder = new Client({ connectionString: usher.database.url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query('begin');
    await holder.query('lock table conversation in access exclusive mode');
    const answers: { status: number; wait: string | null; body: unknown }[] = [];
    const ask = async () => {
      const answer = await fetch(`${usher.url}/api/v1/${what}/check`, {
        method: 'POST',
        headers: { authorization: `Bearer ${usher.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, try: true }),
      });
      const wait = answer.headers.get('retry-after');
      answers.push({ status: answer.status, wait, body: await answer.json() });
    };
    const all = Array.from({ length: 8 }, ask);
    await eventually(
      () => answers.length,
      (count) => count >= 3,
    );
    await holder.query('rollback');
    await Promise.all(all);
    const refused = answers.splice(0, 3);
    for (const one of refused) {
      expect(one).toMatchObject({ status: 429, wait: '5', body: { code: 'trial.too-many' } });
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  },
);
