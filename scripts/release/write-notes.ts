// What stands beside the files of a release: what an operator does to update, and from what it was built. Pure.

/** Of a kept release: the migrations that it knew. */
export interface Known {
  version: string;
  migrations: readonly string[];
}

export function writeUpgradeNotes(release: {
  version: string;
  /** As readMustDo gives it. */
  mustDo: string;
  before: Known | null;
  migrations: readonly string[];
}): string {
  const { version, mustDo, before, migrations } = release;
  const known = new Set(before?.migrations);
  const added = migrations.filter((name) => !known.has(name));
  const from = before === null ? '' : ` from ${before.version}`;
  return [
    `# Update to ${version}${from}`,
    '',
    mustDo === '' ? 'There is nothing to do but to install it.' : mustDo,
    '',
    added.length === 0
      ? 'The schema stays as it is.'
      : 'The first server that starts brings the schema up to date:',
    ...(added.length === 0 ? [] : ['', ...added.map((name) => `- \`${name}\``)]),
    '',
  ].join('\n');
}

export interface Artefact {
  name: string;
  /** In hexadecimal digits. */
  sha256: string;
}

/** As `sha256sum --check` reads them. */
export function writeSums(artefacts: readonly Artefact[]): string {
  return artefacts.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/** An in-toto statement (v1) with the provenance of SLSA (v1); nobody has signed it. */
export function writeProvenance(build: {
  artefacts: readonly Artefact[];
  commit: string;
  version: string;
  /** By name: of Node, npm. */
  tools: Readonly<Record<string, string>>;
  startedAt: string;
}): object {
  const { artefacts, commit, version, tools, startedAt } = build;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: artefacts.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'npm run release',
        externalParameters: { version },
        resolvedDependencies: [{ name: 'usher', digest: { gitCommit: commit } }],
      },
      runDetails: {
        builder: { id: 'npm run release', version: tools },
        metadata: { startedOn: startedAt },
      },
    },
  };
}
