import { expect, test } from 'vitest';
import { readCompletion } from './read-completion.ts';

const at = { host: 'models.example:8080', model: 'small' };
const read = (status: number, body: unknown) =>
  readCompletion({ status, body: typeof body === 'string' ? body : JSON.stringify(body) }, at);
const says = (content: unknown) => ({ choices: [{ message: { role: 'assistant', content } }] });

test('the words of the first choice are taken, without what the model thought aloud', () => {
  expect(read(200, says(' Hello. '))).toEqual({ text: 'Hello.' });
  expect(read(200, says('<think>Hm.\nWell.</think>\n\nHello.'))).toEqual({ text: 'Hello.' });
  expect(read(200, says('x'.repeat(20_000)))).toEqual({ text: 'x'.repeat(10_000) });
  expect(read(200, says('a\0b\ud800'))).toEqual({ text: 'a\ufffdb\ufffd' });
});

test.each([
  '<html>Welcome</html>',
  'data: {"choices":[{"delta":{"content":"Hello"}}]}',
  '',
  'null',
  '[]',
  '"text"',
  '{"choices":{}}',
  '{"choices":[null]}',
  '{"choices":[{"message":{"content":[{"type":"text"}]}}]}',
  '{"choices":[{"message":null}]}',
  '['.repeat(100_000),
])('what is no answer of a model is said to be none: %.60s', (body) => {
  expect(read(200, body)).toMatchObject({
    code: 'assistance.not-understood',
    detail: expect.stringContaining('/v1'),
  });
});

test.each(['', '  \n', '<think>It never stops', '\u200b'])(
  'nothing is no answer: %j',
  (content) => {
    expect(read(200, says(content))).toMatchObject({
      code: 'assistance.not-understood',
      detail: expect.stringContaining('answered nothing'),
    });
  },
);

test.each([
  [401, 'assistance.key-refused', 'AI_API_KEY'],
  [403, 'assistance.key-refused', 'AI_API_KEY'],
  [404, 'assistance.model-unknown', 'AI_MODEL'],
  [429, 'assistance.busy', 'Try again'],
  [400, 'assistance.refused', 'AI_MOST_CHARACTERS'],
  [307, 'assistance.refused', '307'],
  [500, 'assistance.refused', 'its log'],
])('%d is %s, and says what to do', (status, code, remedy) => {
  const trouble = read(status, '');
  expect(trouble).toMatchObject({ code, detail: expect.stringContaining(remedy) });
});

test('what the server says of a refusal is passed on, bounded and on one line; of the key nothing', () => {
  const error = { message: `context\nlength\u202e ${'x'.repeat(1000)}` };
  const { detail } = read(400, { error }) as { detail: string };
  expect(detail).toContain(' It says: context length xxx');
  expect(detail.length).toBeLessThan(400);
  expect(read(404, { error: 'no such model' })).toMatchObject({
    detail: expect.stringContaining('It says: no such model'),
  });
  expect(JSON.stringify(read(401, { error: { message: 'wrong: sk-1234' } }))).not.toContain('sk-');
  expect(JSON.stringify(read(500, '<html>secret</html>'))).not.toContain('secret');
});
