// An example of each command, printed below its --help.
import type { Command } from 'commander';
import { spellCommand } from '../program/usher-command.ts';

/** By the words after `usher`; an example is those words too. */
export const examples: Record<string, string[]> = {
  serve: ['serve'],
  demo: ['demo', 'demo --check --chaos --duration 30'],
  migrate: ['migrate'],
  backup: ['backup usher-2026-11-26.backup'],
  'export-workspace': ['export-workspace acme acme.workspace'],
  'import-workspace': [
    'import-workspace --check acme.workspace',
    'import-workspace acme.workspace --slug acme-two',
  ],
  'import-from': [
    'import-from chatwoot --from postgres://reader@db.example/chatwoot --dry-run',
    'import-from libredesk --from postgres://reader@db.example/libredesk --workspace acme',
  ],
  restore: ['restore usher-2026-11-26.backup', 'restore --check usher-2026-11-26.backup'],
  doctor: ['doctor', '--json doctor'],
  listen: ['listen --port 4000', 'listen --forward http://127.0.0.1:8080/hook'],
  'agents list': ['agents', '--json agents'],
  'agents add': ['agents add "Ana" --email ana@example.com --capacity 3 --online'],
  'agents set': [
    'agents set <id> --capacity 5',
    'agents set <id> --limits webchat=3,qiscus=5 --pace 30 --wrap-up 60',
    'agents set <id> --availability away --capacity default',
  ],
  'agents remove': ['agents remove <id>'],
  'automation list': ['automation'],
  'automation get': ['automation get "Refunds first"'],
  'automation check': ['automation check refunds.json --try'],
  'automation put': ['automation put refunds.json'],
  'automation delete': ['automation delete "Refunds first"'],
  balance: ['balance', 'balance --team <team> --apply', 'balance --undo <id>'],
  'channels list': ['channels'],
  'channels add-rapidpro': ['channels add-rapidpro "Support" --secret-env RAPIDPRO_SECRET'],
  'channels set-rapidpro': ['channels set-rapidpro <channel> --unknown-department refuse'],
  'channels renew-secret': ['channels renew-secret'],
  'channels register-resolve': ['channels register-resolve'],
  'channels on': ['channels on <channel>'],
  'channels off': ['channels off <channel>'],
  'channels remove': ['channels remove <channel>'],
  'conversations list': ['conversations --state waiting', 'conversations --limit 200'],
  'conversations show': ['conversations show <id>'],
  'conversations why-not': ['conversations why-not <id> <agent>'],
  'conversations assign': ['conversations assign <id> <agent> --force'],
  'conversations transfer': [
    'conversations transfer <id> --agent <agent>',
    'conversations transfer <id> --team <team>',
    'conversations transfer <id> --plan Billing --note "Asks for a refund."',
  ],
  'conversations park': [
    'conversations park <id>',
    'conversations park <id> --until 2026-12-24T09:00:00+07:00',
  ],
  'conversations unpark': ['conversations unpark <id>'],
  'conversations return': ['conversations return <id> --note "Not ours."'],
  'conversations requeue': ['conversations requeue <id> --reason "wrong team"'],
  'conversations close': ['conversations close <id> --reason solved --note "Sent a refund."'],
  queue: ['queue'],
  explain: ['explain <conversation>'],
  'endpoints list': ['endpoints'],
  'endpoints add': [
    'endpoints add https://example.com/hook --secret-env HOOK_SECRET --events session_state_open,session_state_close',
  ],
  'endpoints set': ['endpoints set <endpoint> --events conversation.closed'],
  'endpoints remove': ['endpoints remove <endpoint>'],
  'endpoints enable': ['endpoints enable <endpoint>', 'endpoints enable <endpoint> --drop'],
  'endpoints pause': ['endpoints pause <endpoint>'],
  'endpoints test': ['endpoints test <endpoint> --type conversation.closed'],
  'deliveries list': ['deliveries <endpoint> --state failed'],
  'deliveries show': ['deliveries show <delivery>'],
  'deliveries redeliver': [
    'deliveries redeliver <delivery>',
    'deliveries redeliver --endpoint <endpoint> --since 2026-01-31T08:00:00Z',
  ],
  'people list': ['people'],
  'people reset': ['people reset ana@example.com'],
  'people reset-second-factor': ['people reset-second-factor ana@example.com'],
  'people unlink': ['people unlink ana@example.com'],
  'sign-in passwords': ['sign-in passwords on'],
  'policy get': ['policy get > policy.json', 'policy get --at 7 --ids'],
  'policy check': ['policy check policy.json', 'policy check policy.json --try'],
  'policy diff': ['policy diff policy.json', 'policy diff --at 7 --against 5'],
  'policy put': ['policy put policy.json --if-version 7'],
  replay: [
    'replay --from 2026-11-25T09:00Z --to 2026-11-25T10:00Z',
    'replay --from 2026-11-25T09:00Z --to 2026-11-25T17:00Z --against policy.json --volume 1.2',
    'replay --from 2026-11-25T09:00Z --to 2026-11-25T17:00Z --outage 2026-11-25T11:00Z',
  ],
  simulate: [
    'simulate --scenario shop.json',
    '--json simulate --scenario shop.json --seed 9',
    'simulate --scenario shop.json --against more-agents.json --runs 20',
  ],
  staff: [
    'staff --history history.csv --scenario shop.json --within 60 --share 0.8 --cost 20',
    'staff --history history.csv --scenario shop.json --mean-wait 30 --weeks 2 --csv staff.csv',
    'staff --from-server --scenario shop.json --within 60 --share 0.8',
    '--json staff --history history.csv --scenario shop.json --abandoned 0.05',
  ],
  'secrets status': ['secrets status'],
  'secrets rotate': ['secrets rotate'],
  'workspace list': ['workspace'],
  'workspace create': ['workspace create "Acme" --admin ana@acme.example'],
  'workspace rename': ['workspace rename acme "Acme Inc." --slug acme-inc'],
  'workspace invite': ['workspace invite acme bea@acme.example --name "Bea"'],
  'workspace remove': ['workspace remove acme --confirm acme'],
  'token list': ['token'],
  'token create': ['token create "Reports" --role supervisor --scopes read --days 90'],
  'token revoke': ['token revoke <id>'],
  torture: ['torture --for 10m', 'torture --for 90s --seed 1 --nodes 3'],
};

/** A command that holds others shows the first example of each. */
export function addExamples(command: Command, path: readonly string[] = []): void {
  const words = path.join(' ');
  const own = examples[words];
  const inner = Object.entries(examples).filter(([name]) => isBelow(name, words));
  const lines = own ?? inner.map(([, [first = '']]) => first);
  if (lines.length > 0) {
    command.addHelpText(
      'after',
      `\nExamples:\n${lines.map((line) => `  ${spellCommand(line)}`).join('\n')}`,
    );
  }
  for (const next of command.commands) addExamples(next, [...path, next.name()]);
}

function isBelow(name: string, words: string): boolean {
  return words === '' ? !name.includes(' ') : name.startsWith(`${words} `);
}

/** All that can be run, as the words after `usher`. */
export function listCommands(command: Command, path: readonly string[] = []): string[] {
  if (command.commands.length === 0) return [path.join(' ')];
  return command.commands.flatMap((next) => listCommands(next, [...path, next.name()]));
}
