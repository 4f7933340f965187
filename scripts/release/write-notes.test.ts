import { expect, test } from 'vitest';
import { writeProvenance, writeSums, writeUpgradeNotes } from './write-notes.ts';

const before = { version: '0.1.0', migrations: ['001-a.sql', '002-b.sql'] };
const artefact = { name: 'usher-0.2.0.tgz', sha256: 'ab'.repeat(32) };

test('the notes name what to do and the migrations since the release before', () => {
  const notes = writeUpgradeNotes({
    ...{ version: '0.2.0', mustDo: '- Restart all nodes.', before },
    migrations: ['001-a.sql', '002-b.sql', '003-c.sql'],
  });
  expect(notes).toContain('# Update to 0.2.0 from 0.1.0\n\n- Restart all nodes.\n');
  expect(notes).toContain('brings the schema up to date:\n\n- `003-c.sql`\n');
  expect(notes).not.toContain('002-b.sql');
});

test('a release that asks for nothing says so', () => {
  const notes = writeUpgradeNotes({
    ...{ version: '0.2.0', mustDo: '', before, migrations: before.migrations },
  });
  expect(notes).toContain('There is nothing to do but to install it.');
  expect(notes).toContain('The schema stays as it is.');
});

test('sums and provenance name each file by its digest', () => {
  expect(writeSums([artefact])).toBe(`${artefact.sha256}  usher-0.2.0.tgz\n`);
  const provenance = writeProvenance({
    ...{ artefacts: [artefact], commit: 'c0ffee', version: '0.2.0' },
    ...{ tools: { node: '24.0.0' }, startedAt: '2026-03-04T00:00:00Z' },
  });
  expect(provenance).toMatchObject({
    subject: [{ name: artefact.name, digest: { sha256: artefact.sha256 } }],
    predicate: {
      buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: 'c0ffee' } }] },
    },
  });
});
