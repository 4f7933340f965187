// What each command looks like when it is used: printed under its --help.
import type { Command } from 'commander';

/** By the words after `usher`. */
export const examples: Record<string, string[]> = {
  serve: ['usher serve', 'PORT=8080 DATABASE_URL=postgresql://usher@db/usher usher serve'],
  demo: ['usher demo', 'usher demo --check --chaos --duration 30'],
  migrate: ['usher migrate'],
  doctor: ['usher doctor', 'usher --json doctor'],
  listen: ['usher listen --port 4000', 'usher listen --forward http://127.0.0.1:8080/hook'],
  'agents list': ['usher agents', 'usher --json agents'],
  'agents add': ['usher agents add "Ana" --email ana@example.com --capacity 3 --online'],
  'agents set': [
    'usher agents set <id> --capacity 5',
    'usher agents set <id> --availability away --capacity default',
  ],
  'agents remove': ['usher agents remove <id>'],
  'channels list': ['usher channels'],
  'channels add-rapidpro': ['usher channels add-rapidpro "Support" --secret-env RAPIDPRO_SECRET'],
  'channels set-rapidpro': ['usher channels set-rapidpro <channel> --unknown-department refuse'],
  'channels renew-secret': ['usher channels renew-secret'],
  'channels register-resolve': ['usher channels register-resolve'],
  'channels remove': ['usher channels remove <channel>'],
  'conversations list': ['usher conversations --state waiting', 'usher conversations --limit 200'],
  'conversations show': ['usher conversations show <id>'],
  'conversations assign': ['usher conversations assign <id> <agent> --force'],
  'conversations transfer': [
    'usher conversations transfer <id> --agent <agent>',
    'usher conversations transfer <id> --team <team>',
  ],
  'conversations requeue': ['usher conversations requeue <id> --reason "wrong team"'],
  'conversations close': ['usher conversations close <id> --reason solved --note "Sent a refund."'],
  queue: ['usher queue'],
  explain: ['usher explain <conversation>'],
  'endpoints list': ['usher endpoints'],
  'endpoints add': [
    'usher endpoints add https://example.com/hook --secret-env HOOK_SECRET --events session_state_open,session_state_close',
  ],
  'endpoints set': ['usher endpoints set <endpoint> --events conversation.closed'],
  'endpoints remove': ['usher endpoints remove <endpoint>'],
  'endpoints enable': [
    'usher endpoints enable <endpoint>',
    'usher endpoints enable <endpoint> --drop',
  ],
  'endpoints pause': ['usher endpoints pause <endpoint>'],
  'endpoints test': ['usher endpoints test <endpoint> --type conversation.closed'],
  'deliveries list': ['usher deliveries <endpoint> --state failed'],
  'deliveries show': ['usher deliveries show <delivery>'],
  'deliveries redeliver': [
    'usher deliveries redeliver <delivery>',
    'usher deliveries redeliver --endpoint <endpoint> --since 2026-01-31T08:00:00Z',
  ],
  'people list': ['usher people'],
  'people reset': ['usher people reset ana@example.com'],
  'people reset-second-factor': ['usher people reset-second-factor ana@example.com'],
  'people unlink': ['usher people unlink ana@example.com'],
  'sign-in passwords': ['usher sign-in passwords on'],
  'secrets status': ['usher secrets status'],
  'secrets rotate': ['usher secrets rotate'],
  'workspace list': ['usher workspace'],
  'workspace create': ['usher workspace create "Acme" --admin ana@acme.example'],
  'workspace rename': ['usher workspace rename acme "Acme Inc." --slug acme-inc'],
  'workspace invite': ['usher workspace invite acme bea@acme.example --name "Bea"'],
  'workspace remove': ['usher workspace remove acme --confirm acme'],
  'token list': ['usher token'],
  'token create': ['usher token create "Reports" --role supervisor --scopes read --days 90'],
  'token revoke': ['usher token revoke <id>'],
};

/** A command that holds others shows the first example of each. */
export function addExamples(command: Command, path: readonly string[] = []): void {
  const words = path.join(' ');
  const own = examples[words];
  const inner = Object.entries(examples).filter(([name]) => isBelow(name, words));
  const lines = own ?? inner.map(([, [first = '']]) => first);
  if (lines.length > 0) {
    command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
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
