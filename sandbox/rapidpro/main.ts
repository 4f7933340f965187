// The emulated RapidPro as a process of its own: commands come in, and a line goes out for each thing done.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Arrival } from './arrival.ts';
import type { Plan } from './behaviour.ts';
import { makeCommands } from './make-commands.ts';
import { type MailroomOptions, startMailroom } from './start-mailroom.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4200' },
    host: { type: 'string', default: '127.0.0.1' },
    'public-url': { type: 'string' },
    pace: { type: 'string', default: '1' },
    'allow-private-hosts': { type: 'boolean', default: false },
    behaviour: { type: 'string', default: '{}' },
    quiet: { type: 'boolean', default: false },
  },
});

const say = (line: string) => void process.stdout.write(`${line}\n`);

const options: MailroomOptions = {
  port: Number(values.port),
  host: values.host,
  pace: Number(values.pace),
  allowPrivateHosts: values['allow-private-hosts'],
  onArrival: (arrival) => {
    if (!values.quiet) say(describe(arrival));
  },
};
const publicUrl = values['public-url'];
const mailroom = await startMailroom(publicUrl === undefined ? options : { ...options, publicUrl });
mailroom.setBehaviour(JSON.parse(values.behaviour) as Plan);
say(`Listening on ${mailroom.url}`);

const run = makeCommands(mailroom);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (line.trim() !== '') void run(line).then(say);
});

process.once('SIGINT', finish);
process.once('SIGTERM', finish);

function describe({ at, method, path, body, time, behaviour, handled, answer }: Arrival): string {
  const text = body.toString();
  return JSON.stringify({ at, method, path, body: text, time, behaviour, handled, answer });
}

async function finish(): Promise<void> {
  lines.close();
  await mailroom.stop();
  const { callbacks, historyCalls, redirected } = mailroom;
  say(
    JSON.stringify({
      callbacks: callbacks.length,
      handled: callbacks.filter(({ handled }) => handled).length,
      repeated: mailroom.repeats().length,
      historyCalls: historyCalls.length,
      redirected: redirected.length,
    }),
  );
}
