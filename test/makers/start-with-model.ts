// Ana's web chat beside a server of language models.
import { onTestFinished } from 'vitest';
import { startModelServer } from '../../sandbox/model-server/start-model-server.ts';
import { startDeskOfThree } from './start-desk-of-three.ts';

export const KEY = 'sk-of-the-tests-0123456789';

export async function startWithModel(environment: Record<string, string> = {}) {
  const model = await startModelServer({ model: 'small', key: KEY });
  onTestFinished(() => model.stop());
  const desk = await startDeskOfThree({
    AI_BASE_URL: model.url,
    AI_MODEL: 'small',
    AI_API_KEY: KEY,
    ...environment,
  });
  const { usher, visitor, sessionTopic, messages } = desk;
  const set = (body: object) => usher.call('PATCH', '/api/v1/settings', { body });
  /** As the customer, and waits until it is there. */
  const write = async (content: string): Promise<string> => {
    await visitor.say(`${sessionTopic}/server/messages`, { content });
    const said = (await messages()).findLast(({ text }) => text === content);
    if (said === undefined) throw new Error('it was not said');
    return said.id;
  };
  return { ...desk, model, set, write };
}
