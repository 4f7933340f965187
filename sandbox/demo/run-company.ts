// The demonstration: a throw-away Usher with a company at work in it, and a shop with the chat on its page.
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { listenForStop, whenAborted } from '../../src/cli/stop-signal.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/start-embedded-postgres.ts';
import { startUsher } from '../../src/main.ts';
import { startMailroom } from '../rapidpro/start-mailroom.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { callWith, signIn } from './company/call.ts';
import { makeCrowd } from './company/customer.ts';
import { addEndpoint, type Company, foundCompany, makePassword } from './company/found-company.ts';
import { type Judge, makeJudge, promises } from './company/judge-promises.ts';
import type { Look } from './company/open-board.ts';
import { type Business, openForBusiness } from './company/open-for-business.ts';
import { seedPast } from './company/seed-past.ts';
import { serveFront } from './company/serve-front.ts';
import { showStatus } from './company/show-status.ts';
import { COMPANY, type Seat, seats } from './company/staff.ts';
import { type Standing, writeCard } from './company/write-card.ts';
import { unlessAborted } from './hear-interrupts.ts';
import { makeFolder } from './make-folder.ts';

const MOST_KEPT = 1000;
/** How long rows are kept, so that nothing grows for ever. */
const LONGEST_SECONDS = 2 * 3600;

type Undo = (() => Promise<unknown>)[];

/** Answers the exit code. */
async function run(seconds: number, stop: AbortSignal): Promise<number> {
  const undo: Undo = [];
  try {
    return await show({ seconds, stop, undo });
  } catch (error) {
    if (stop.aborted) return 0;
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  } finally {
    for (const end of undo.reverse()) {
      await end().catch((error: unknown) => process.stderr.write(`${error}\n`));
    }
  }
}

async function show(args: { seconds: number; stop: AbortSignal; undo: Undo }): Promise<number> {
  const { seconds, stop, undo } = args;
  const port = readPort(process.env.PORT);
  say('Starting a database, an Usher and a company …');
  const { usher, mailroom, connectionString, token, operatorToken, adminPassword } = await start({
    ...{ port, stop, undo },
  });
  const { url } = usher;
  const organisation = mailroom.addOrganisation({ name: COMPANY });
  const operator = callWith(url, `Bearer ${operatorToken}`);
  const company = await unlessAborted(
    stop,
    foundCompany({ ...{ url, adminPassword, organisation }, operator }),
  );
  let note = say;
  let [isOver, unjudged] = [false, 0];
  const judge = makeJudge({
    ...{ company: () => company, call: callWith(url, `Bearer ${token}`) },
    onBreach: (promise, about) => note(`  Broken: ${promises[promise]}: ${about}`),
    onError: (error) => {
      // What is interrupted by the end of the demonstration breaks no promise.
      if (isOver || stop.aborted) return;
      unjudged += 1;
      note(`  Not judged: ${explain(error)}`);
    },
  });
  say('Telling a week of its past …');
  const opened = Promise.withResolvers<Business>();
  const front = await serveFront({
    ...{ url, port: port === 0 ? 0 : port + 1 },
    signIn: async (seat, userAgent) =>
      sitDown({ company, business: await opened.promise, seat, userAgent }),
  });
  undo.push(front.stop);
  const crowd = makeCrowd(front.shopUrl);
  await unlessAborted(stop, seedPast({ company, crowd, connectionString, stop }));
  await listen({ company, judge, undo });
  stop.throwIfAborted();
  const business = openForBusiness({
    ...{ company, crowd, judge },
    onError: (error) => note(`  ${explain(error)}`),
  });
  undo.push(business.stop);
  opened.resolve(business);
  process.stdout.write(writeCard(front, { endsAfter: nameSpan(seconds) }));
  const status = showStatus(() => readStanding(business.last(), judge));
  note = status.note;
  const failure = await Promise.race([
    delay(seconds * 1000, null),
    whenAborted(stop),
    usher.failed,
  ]);
  isOver = true;
  status.stop();
  if (failure !== null) throw new Error(`Usher stopped, because ${failure}.`);
  return [unjudged, ...Object.values(judge.broken())].every((count) => count === 0) ? 0 : 1;
}

/** Each part is given to `undo` as soon as it runs. */
async function start({ port, stop, undo }: { port: number; stop: AbortSignal; undo: Undo }) {
  const folder = await makeFolder();
  undo.push(folder.remove);
  const { connectionString, ...database } = await startEmbeddedPostgres({
    ...{ dataDir: folder.path, stop },
  });
  undo.push(database.stop);
  const [token, operatorToken] = [makePassword(), makePassword()];
  const adminPassword = makePassword();
  const config = readConfig({
    PORT: String(port),
    USHER_DATA_DIR: folder.path,
    DATABASE_URL: connectionString,
    USHER_ADMIN_TOKEN: token,
    USHER_OPERATOR_TOKEN: operatorToken,
    USHER_ADMIN_EMAIL: seats.admin.email,
    USHER_ADMIN_PASSWORD: adminPassword,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
  });
  const usher = await startUsher(config, pino({ level: 'silent' }), { stop });
  undo.push(usher.stop);
  const mailroom = await startMailroom({ allowPrivateHosts: true });
  undo.push(mailroom.stop);
  return { usher, mailroom, connectionString, token, operatorToken, adminPassword };
}

/** From now on an endpoint of the company receives events. */
async function listen(args: { company: Company; judge: Judge; undo: Undo }): Promise<void> {
  const { company, judge, undo } = args;
  const receiver = await startReceiver({
    onRequest: (request) => {
      judge.onTold(request);
      // What has been judged is dropped.
      if (receiver.requests.length > MOST_KEPT) receiver.requests.length = 0;
    },
  });
  undo.push(receiver.stop);
  await addEndpoint(company.call, receiver);
}

function readStanding({ open }: Look, judge: Judge): Omit<Standing, 'seconds'> {
  const all = [...open.values()];
  const waiting = all.filter(({ state }) => state === 'waiting').length;
  const figures = { waiting, assigned: all.length - waiting };
  return { ...figures, judged: judge.judged(), broken: judge.broken() };
}

/** Whoever signs in as the agent is online at once: the desk's window keeps them so. */
async function sitDown(args: {
  company: Company;
  business: Business;
  seat: Seat;
  userAgent: string;
}): Promise<string> {
  const { company, business, seat, userAgent } = args;
  const { agentId, email, password } = company.seats[seat];
  const cookie = await signIn(company.url, { email, password }, userAgent);
  if (seat === 'agent') {
    const here = { availability: 'online', leaseSeconds: 30 };
    await company.call('PATCH', `/api/v1/agents/${agentId}`, here);
    business.welcome();
  }
  return cookie;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function explain(error: unknown): string {
  const { code, port, message } = error as Error & { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Something else listens on port ${port}: set PORT to another.`;
  return message ?? String(error);
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_535) return port;
  throw new Error(`PORT must be a number from 0 to 65534, not ${text}.`);
}

function nameSpan(seconds: number): string {
  if (seconds % 3600 === 0) return seconds === 3600 ? 'an hour' : `${seconds / 3600} hours`;
  return `${seconds} s`;
}

const { duration } = JSON.parse(process.argv[2] ?? '{}') as { duration?: string };
const seconds = duration === undefined ? LONGEST_SECONDS : Number(duration);
if (!(seconds > 0 && seconds <= 24 * 3600)) {
  process.stderr.write('--duration must be a number of seconds, at most a day.\n');
  process.exit(2);
}
// Calls of customers that are under way are not waited for.
process.exit(await run(seconds, listenForStop()));
