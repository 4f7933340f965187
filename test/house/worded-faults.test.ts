// What is found wrong in a policy is said in the language of the reader: a new fault has no words until all four have some.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPolicy } from '../../src/routing/policy/read-policy.ts';
import { wordFault } from '../../web/components/naming/word-fault.ts';
import { type Language, languages } from '../../web/i18n/languages.ts';
import { breakAll } from '../makers/broken-policies.ts';
import { makeI18n } from '../makers/make-i18n.ts';
import { makeCompany, validPolicies } from '../makers/valid-policies.ts';

/** No screen writes such a policy: whoever wrote the file reads what the command line says. */
const onlyByFile = [
  ...['condition.no-object', 'comparison.no-field', 'comparison.no-operator'],
  ...['comparison.two-operators', 'group.more-keys', 'group.no-list', 'operator.unknown'],
  ...['rules.no-list', 'rule.no-object', 'rule.unknown-key', 'then.no-object', 'then.unknown-key'],
  ...['action.unknown'],
  ...['value.no-list', 'priority.unknown', 'tags.no-list', 'policy.too-deep'],
  ...['document.field-missing', 'document.field-unknown', 'document.wrong-type'],
  ...['document.not-a-choice', 'document.invalid'],
];

/** A code with a kind in it stands for one of each. */
const kindsOf: Record<string, readonly string[]> = {
  nobody: ['team', 'skill'],
  unknown: ['team', 'skill', 'agent', 'channel'],
  ambiguous: ['team', 'skill', 'agent', 'channel'],
  repeated: ['skill'],
};

const rooms = ['rules', 'plans', 'policy', 'calendars', 'automations'];

function listCodes(): string[] {
  const sources = rooms.flatMap((room) => {
    const folder = join(import.meta.dirname, '../../src/routing', room);
    return readdirSync(folder)
      .filter((name) => !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  });
  const found = sources.flatMap((source) => [
    ...[...source.matchAll(/\bcode:[^'`]*'([a-z-]+\.[a-z-]+)'(?: : '([a-z-]+\.[a-z-]+)')?/g)],
    ...[...source.matchAll(/\bwrong\('([a-z-]+\.[a-z-]+)'/g)],
  ]);
  const written = found
    .flatMap(([, one, other]) => [one, other])
    .filter((code) => code !== undefined);
  const made = sources.flatMap((source) => [...source.matchAll(/\$\{kind\}\.([a-z]+)`/g)]);
  const ofKinds = made.flatMap(([, end = '']) =>
    (kindsOf[end] ?? ['?']).map((kind) => `${kind}.${end}`),
  );
  return [...new Set([...written, ...ofKinds])].sort();
}

async function open(language: Language) {
  const i18n = await makeI18n(language, await languages[language].parts.routing());
  return {
    ...{ language, has: (key: string): boolean => i18n.exists(key) },
    say: (key: string, values = {}): string => i18n.t(key, values),
  };
}

test('each fault and warning has words, or is known as one that only a file can have', async () => {
  const { has } = await open('en');
  const codes = listCodes();
  expect(codes.length).toBeGreaterThan(70);
  const silent = codes.filter((code) => !has(`fault.${code}`));
  expect(silent).toEqual(onlyByFile.filter((code) => codes.includes(code)).sort());
});

test.each(Object.keys(languages) as Language[])(
  'in %s every broken policy is answered in whole sentences of that language',
  async (language) => {
    const wording = await open(language);
    const broken = breakAll(validPolicies());
    expect(broken.length).toBeGreaterThanOrEqual(300);
    for (const { policy, title } of broken) {
      const { faults, warnings } = readPolicy(policy, makeCompany(), Date.parse('2026-11-23'));
      for (const fault of [...faults, ...warnings]) {
        if (onlyByFile.includes(fault.code)) continue;
        const { detail, remedy } = wordFault(fault, wording);
        // That one shows the braces that somebody wrote.
        const mayHaveBraces = fault.code === 'words.placeholder-unknown';
        const isWhole = mayHaveBraces || !detail.includes('{{');
        expect([remedy, isWhole], `${title}: ${detail}`).toEqual(['', true]);
      }
    }
  },
);
