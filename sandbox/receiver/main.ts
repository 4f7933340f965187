// The receiver as a process: it prints a line for each request, and a summary at the end.
import { parseArgs } from 'node:util';
import type { Plan } from './behaviour.ts';
import type { ReceivedRequest } from './received-request.ts';
import { readStream } from './report.ts';
import { type Receiver, startReceiver } from './start-receiver.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    host: { type: 'string', default: '127.0.0.1' },
    secret: { type: 'string', multiple: true, default: [] },
    tls: { type: 'boolean', default: false },
    behaviour: { type: 'string', default: '{"status":200}' },
    quiet: { type: 'boolean', default: false },
  },
});

const say = (line: string) => void process.stdout.write(`${line}\n`);

const receiver: Receiver = await startReceiver({
  port: Number(values.port),
  host: values.host,
  secrets: values.secret,
  tls: values.tls,
  behaviour: JSON.parse(values.behaviour) as Plan,
  onRequest: (request) => {
    if (!values.quiet) say(describe(request));
  },
});
say(`Listening on ${receiver.url}`);
if (receiver.certificate !== null) say(receiver.certificate);

process.once('SIGINT', finish);
process.once('SIGTERM', finish);

function describe(request: ReceivedRequest): string {
  const { at, path, id, time, body, behaviour } = request;
  const signatures =
    values.secret.length === 0
      ? {}
      : { hub: receiver.judge(request).hub, standard: receiver.judge(request).standard };
  const conversation = readStream(body);
  return JSON.stringify({ at, path, id, time, conversation, ...signatures, behaviour });
}

async function finish(): Promise<void> {
  await receiver.stop();
  const { requests, redirected } = receiver;
  const unsigned = values.secret.length === 0 ? null : receiver.unsigned().length;
  const repeated = receiver.repeats();
  say(
    JSON.stringify({
      requests: requests.length,
      redirected: redirected.length,
      connections: receiver.connections(),
      unsigned,
      repeated: repeated.length,
      changedWhenRepeated: repeated.filter(({ identical }) => !identical).length,
    }),
  );
}
