// What a newcomer reads in the terminal: where to look, what to try, and how the promises stand.
import { styleText } from 'node:util';
import { type Promised, promises } from './judge-promises.ts';
import { SEATS, type Seat, STAND_IN, seats } from './staff.ts';

export interface Addresses {
  deskUrl: string;
  shopUrl: string;
  signInUrls: Record<Seat, string>;
}

export function writeCard(
  { deskUrl, shopUrl, signInUrls }: Addresses,
  { endsAfter }: { endsAfter: string },
): string {
  const bold = (text: string) => styleText('bold', text);
  const dim = (text: string) => styleText('dim', text);
  const row = (name: string, url: string, note: string) =>
    `    ${name.padEnd(11)} ${url}${note && `  ${dim(note)}`}`;
  const standIn = STAND_IN.split(' ')[0];
  return [
    '',
    `  ${bold('Usher is open.')} A coffee company at work: customers write, agents answer.`,
    '',
    `  ${bold('The desk')}, signed in as`,
    ...SEATS.map((seat) => row(seat, signInUrls[seat], seats[seat].name)),
    `  ${bold('The shop')}, with the chat on its page`,
    row('shop', shopUrl, 'you are a customer here'),
    `  ${bold('Usher itself')}, for programs`,
    row('server', deskUrl, `its API: ${deskUrl}docs/`),
    '',
    `  ${bold('Try this')}`,
    '    1. Open the agent and the shop side by side, and write in the chat. Maya gets it: she is',
    '       the only agent in the team Shop, and the demonstration uses at most two of her four',
    `       places. ${standIn} stands in while nobody has Maya’s desk open.`,
    '    2. Answer the customers in your inbox: they write back. Press E to close one.',
    '    3. In any conversation press W: why this agent, or why it still waits.',
    '    4. As supervisor watch Live: the queue, everybody’s load, and how skills, teams and',
    '       priority decide. As admin change the rules: Settings, Routing.',
    '',
    `  ${bold('Promises')}, checked for every conversation while it lives`,
    ...Object.values(promises).map((promise) => `    – ${promise}`),
    '',
    dim('  The addresses work on this machine alone, until the demonstration ends.'),
    dim('  Safari cannot open names that end in .localhost. There, use these addresses instead,'),
    dim('  and a private window for each further role:'),
    ...SEATS.map((seat) => dim(row(seat, withoutName(signInUrls[seat]), ''))),
    dim(`  Ctrl-C ends it, and nothing is left. By itself it ends after ${endsAfter}.`),
    '',
    '',
  ].join('\n');
}

/** The same address by number, which every browser finds. */
function withoutName(address: string): string {
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  return url.href;
}

export interface Standing {
  seconds: number;
  waiting: number;
  assigned: number;
  judged: number;
  broken: Record<Promised, number>;
}

export function writeStatus({ seconds, waiting, assigned, judged, broken }: Standing): string {
  const minutes = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  const names = (Object.keys(promises) as Promised[]).filter((name) => broken[name] > 0);
  const verdict =
    names.length === 0
      ? styleText('green', 'every promise kept')
      : styleText('red', `broken: ${names.map((name) => promises[name]).join(', ')}`);
  return `  ${minutes}  ${waiting} waiting, ${assigned} with agents, ${judged} done and checked: ${verdict}`;
}
