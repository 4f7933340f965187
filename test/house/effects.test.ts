// Every statement that writes what others act on says what must follow; and there is one road to that: desk/commit.
/// <reference types="vite/client" />
import { beforeAll, expect, test } from 'vitest';
import type { Effect } from '../../src/store/effects.ts';
import { allStatements, type Statement, statement } from '../../src/store/sql.ts';
import { readWrites } from './read-writes.ts';

/** Whoever writes one of these needs the effect. `table.column`: of what is updated. */
const NEEDED: Record<Effect, RegExp> = {
  wake: /^(load_release|conversation|agent|policy) insert$|^conversation\.(state|agent_id|rank_at|needs|team_id|skill_ids|held_until|excluded_agent_ids)$|^agent\.roster_version$/,
  send: /^delivery insert$|^delivery\.(state|due_at|behind_until)$/,
  channels:
    /^channel insert$|^channel\.(name|config|secrets|team_id|weight|deleted_at)$|^team\.skill_ids$/,
  rights:
    /^(login_session|token|user_account) delete$|^user_account\.(role|password_hash)$|^token\.revoked_at$|^web_session\.ended_at$|^agent\.(role|deleted_at)$/,
  conversation:
    /^(conversation|web_conversation) insert$|^conversation\.(state|agent_id|contact_id|external_id|team_id|tags|priority|confirmed_at|rating_score|categories|close_reason)$/,
  message: /^message insert$/,
  read: /^web_conversation\.(contact|agent)_read_seq$|^program_read insert$/,
  agent: /^agent insert$|^agent\.roster_version$/,
  contact: /^contact insert$|^contact\.(name|email|phone|attributes|groups|tags)$/,
  endpoint: /^endpoint insert$|^endpoint\.(url|enabled|deleted_at)$/,
  settings: /^setting insert$|^setting\.value$|^workspace\.name$/,
};

/** Needed by the rule, and not by the statement: why. */
const SPARED: Record<string, string> = {
  'add-reservations wake': 'who has less room takes nothing',
  'bring-agent-back rights': 'it gives rights back',
  'claim wake': 'it takes from the queue',
  'claim-limited wake': 'it takes from the queue',
  'claim-placed wake': 'it takes from the queue',
  'claim-placed-limited wake': 'it takes from the queue',
  'claim-placed-told-alone wake': 'it takes from the queue',
  'claim-placed-unseen wake': 'it takes from the queue',
  'claim-placed-unseen-told-alone wake': 'it takes from the queue',
  'claim-placed-told-alone-limited wake': 'it takes from the queue',
  'claim-told-alone wake': 'it takes from the queue',
  'claim-told-alone-limited wake': 'it takes from the queue',
  'close-workspace endpoint': 'nobody is left who could look',
  'delete-agent wake': 'who is gone takes nothing; what they held is requeued',
  'delete-endpoint send': 'what was to be sent is given up',
  'end-lapsed-leases wake': 'who is offline takes nothing',
  'end-web-sessions-of-channel rights': 'channels: whoever came by one of them is looked at',
  'end-all-web-sessions-of-channel rights': 'channels: whoever came by one of them is looked at',
  'lock-ticket-contact contact': 'the conversation is told, with whose it is',
  'whisper message': 'no visitor is shown it; the conversation is told',
  'merge-web-visitor contact': 'a contact who signs in changes no conversation that stays theirs',
  'open-conversations contact': 'the conversation is told, with whose it is',
  'set-agent-aside rights': 'nobody signs in as an agent who is only elsewhere',
  'set-agent-aside wake': 'who is gone takes nothing; what they held is requeued',
  'settle-released agent':
    'whoever ended the conversation has told of it, and the pass tells of wrap-ups',
  'settle-released-limited agent': 'as settle-released',
};

const LOOP = 'of the loop that sends';
const AGED = 'nobody may look at it any more';
const SEEN = 'when somebody was there';
const KEY = 'the same secret under another key';

/** They write what others act on, and nobody need act: why. */
const UNTOLD: Record<string, string> = {
  'add-history': 'what was said before is no news',
  'await-visitor': 'the conversation is opened in its transaction',
  'begin-automation-run': LOOP,
  'count-contact-event': 'the event follows in its transaction',
  'delete-team': 'its members are told',
  'end-leases': 'the leases that are over are ended, and told, by the next look',
  'end-unanswered-pushes': 'the leases that are over are ended, and told, in the same commit',
  'erase-deliveries': AGED,
  'fill-login-session': 'it gives rights',
  'find-web-session-by-token': SEEN,
  'finish-channel-sync': 'the next look at an outside system',
  'hold-channel-sync': 'the look at an outside system that is under way',
  'finish-deliveries': LOOP,
  'forget-conversations': AGED,
  'forget-ended-web-clients': 'of connections that are closed',
  'forget-web-sessions': AGED,
  'give-up-deliveries': LOOP,
  'hand-back-deliveries': LOOP,
  'hold-deliveries': 'nothing is sent',
  'insert-login-session': 'those that make room are over, or the oldest of a hundred',
  'insert-team': 'no channel has it yet',
  'insert-token': 'nobody knows it yet',
  'insert-user': 'the agent is told of',
  'insert-web-session': 'nobody knows it yet',
  'insert-workspace': 'its channels are told',
  'keep-signing-key': 'no setting that is shown',
  'note-backup': 'no setting that is shown',
  'list-silent-web-conversations': 'a mark on what is closed',
  'list-standing-web-sessions': SEEN,
  'look-at-held-silence': 'the next look tells what changes',
  'mark-proved-web-conversations': 'the session is told that it is proved',
  'name-web-session': 'the session itself asks for it',
  'next-endpoint-seq': 'the event follows in its transaction',
  'note-channel-trouble': 'the channels page looks by itself',
  'note-endpoint-health': 'the endpoints page looks by itself',
  'note-resolved-there': 'by which a later webhook is judged',
  'note-session-proved': 'it gives rights',
  'note-session-seen': SEEN,
  'note-session-visible': SEEN,
  'note-sign-in': SEEN,
  'note-signed-out': 'why the lease will have ended, which the next look tells',
  'note-token-used': SEEN,
  'note-visitors-seen': SEEN,
  'note-web-client': SEEN,
  'purge-deliveries': AGED,
  'release-forgotten-deliveries': LOOP,
  'rename-team': 'a name narrows nothing',
  'reseal-channel': KEY,
  'reseal-endpoint': KEY,
  'reseal-setting': KEY,
  'revive-web-conversation': 'the conversation is reopened in its transaction',
  'set-round': 'of the pass itself',
  'renew-asleep': 'whoever is online stays so, for longer',
  'shorten-lease': 'the leases that are over are ended, and told, by the next look',
  'take-channel-sync': 'the next look at an outside system',
  'take-due-deliveries': LOOP,
  'take-over-deliveries': LOOP,
  'take-unchecked-rooms': 'when a room was looked at',
  'turn-held-targets': 'the next look at targets tells of it',
};

const TABLES = new Set(
  'agent channel contact conversation delivery endpoint load_release login_session message policy program_read setting team token user_account web_conversation web_session workspace'.split(
    ' ',
  ),
);

/** Which effects a statement lacks, as `name effect`; its name alone: it says nothing of any. */
function lacks({ name, text, effects }: Statement<unknown, Effect>): string[] {
  const writes = readWrites(text).filter((write) => TABLES.has(write.split(/[ .]/)[0] ?? ''));
  if (writes.length === 0) return [];
  if (effects.length === 0) return [name];
  const needed = Object.entries(NEEDED).filter(([, rule]) => writes.some((one) => rule.test(one)));
  const missing = needed.filter(([effect]) => !effects.includes(effect as Effect));
  return missing.map(([effect]) => `${name} ${effect}`);
}

beforeAll(async () => {
  const rooms = import.meta.glob(['../../src/store/*.ts', '!**/*.test.ts']);
  for (const load of Object.values(rooms)) await load();
});

test('every statement that writes what others act on declares what must follow, or says why nothing must', () => {
  const statements = [...allStatements().values()];
  expect(statements.length).toBeGreaterThan(300);
  const excused = Object.keys({ ...SPARED, ...UNTOLD });
  expect(statements.flatMap(lacks).toSorted()).toEqual(excused.toSorted());
});

test('a new statement that closes, frees, sends or says something turns this red until it declares it', () => {
  const made = (name: string, text: string) => lacks(statement<never>(`test ${name}`, text));
  expect(made('1', `update conversation set state = 'closed' where workspace_id = $1`)).toEqual([
    'test 1',
  ]);
  expect(made('2', 'insert into delivery (workspace_id) values ($1)')).toEqual(['test 2']);
  expect(made('3', 'with a as (delete from login_session where true) select 1')).toEqual([
    'test 3',
  ]);
  const half = statement<never>('test 4', 'insert into message (seq) values ($1)').needs('send');
  expect(lacks(half)).toEqual(['test 4 message']);
  expect(made('5', 'select 1 from conversation for update of conversation')).toEqual([]);
});

const SOURCES = import.meta.glob<string>(['../../src/**/*.ts', '!**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const placesOf = (pattern: RegExp) =>
  Object.entries(SOURCES).flatMap(([path, text]) =>
    pattern.test(text) ? [path.replace('../../src/', '')] : [],
  );

test('nothing but desk/commit promises an effect, or hands its receiver to a desk', () => {
  expect(Object.keys(SOURCES).length).toBeGreaterThan(400);
  expect(placesOf(/\bas\b[^;,\n]*\b(Promised|Writing)\b|\bpromised:/)).toEqual([
    'store/effects.ts',
  ]);
  expect(placesOf(/\btelling\(/)).toEqual(['desk/commit.ts', 'main.ts']);
  expect(placesOf(/\bwithRoutingPass\b/)).toEqual(['desk/commit.ts', 'store/tx.ts']);
});
