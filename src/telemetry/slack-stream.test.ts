import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openTestOutbound } from '../../test/makers/open-test-outbound.ts';
import { streamToSlack } from './slack-stream.ts';

test('what a stranger has written into an error calls nobody at Slack', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
    request.on('end', () => response.end());
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const slack = streamToSlack(`http://127.0.0.1:${port}`, openTestOutbound());
  const err = { message: 'no <!channel> & <https://example.com|here>' };
  slack.write(JSON.stringify({ time: 'now', msg: 'failed', err }));
  await slack.flush();
  expect(JSON.parse(bodies.join(''))).toEqual({
    text: 'now failed: no &lt;!channel&gt; &amp; &lt;https://example.com|here&gt;',
  });
});
