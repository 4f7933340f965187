import { expect, onTestFinished, test } from 'vitest';
import { startModelServer } from '../../sandbox/model-server/start-model-server.ts';
import { readConfig } from '../config.ts';
import { checkModel } from './check-model.ts';

test('doctor says whether the model answers, and what to do where it does not', async () => {
  const server = await startModelServer({ model: 'small' });
  onTestFinished(() => server.stop());
  const check = (model: string) =>
    checkModel(readConfig({ AI_BASE_URL: server.url, AI_MODEL: model }));
  const { host } = new URL(server.url);
  expect(await check('small')).toEqual([
    { name: 'language model', state: 'ok', says: `small at ${host} answers` },
  ]);
  expect(await check('large')).toMatchObject([
    { state: 'failed', says: expect.stringMatching(/model 'large' not found.*AI_MODEL/) },
  ]);
  expect(await checkModel(readConfig({}))).toEqual([]);
});
