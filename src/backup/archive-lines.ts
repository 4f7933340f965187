// The lines of an archive, in their order: head, files, tables (each followed by its rows and their count), sequences, end.
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

const Head = Type.Object({
  /** The format. Another number is another format. */
  usherBackup: Type.Literal(1),
  takenAt: Type.String(),
  /** Of the Usher that wrote it. */
  version: Type.String(),
  migrations: Type.Array(
    Type.Object({ name: Type.String(), checksum: Type.Union([Type.String(), Type.Null()]) }),
  ),
  /** How many secrets are sealed with which key; '' are plain. */
  secrets: Type.Record(Type.String(), Type.Number()),
});

const NeededSecret = Type.Object({
  what: Type.Enum(['channel', 'endpoint', 'setting']),
  name: Type.String(),
  secret: Type.String(),
});

/** The first line of a file with one workspace. */
const WorkspaceHead = Type.Object({
  /** The format. Another number is another format. */
  usherWorkspace: Type.Integer(),
  takenAt: Head.properties.takenAt,
  version: Head.properties.version,
  migrations: Head.properties.migrations,
  workspace: Type.Object({
    id: Type.String({ pattern: UUID }),
    slug: Type.String(),
    name: Type.String(),
  }),
  /** What has to be entered again: no secret is in the file. */
  secrets: Type.Array(NeededSecret, { maxItems: 1000 }),
  /** Deliveries that the installation it comes from had not made. */
  unmade: Type.Integer(),
});

/** A file of the data directory. */
const File = Type.Object({ file: Type.String(), text: Type.String() });

/** Its rows follow, and after them a line with `\.` alone. */
const Table = Type.Object({ table: Type.String(), columns: Type.Array(Type.String()) });

const Rows = Type.Object({ rows: Type.Integer() });

const Sequences = Type.Object({
  sequences: Type.Array(
    Type.Object({ sequence: Type.String(), last: Type.String(), isCalled: Type.Boolean() }),
  ),
});

/** The SHA-256 of all bytes before this line, uncompressed. */
const End = Type.Object({ end: Type.String() });

const Line = Type.Union([Head, WorkspaceHead, File, Table, Rows, Sequences, End]);

export type Head = Static<typeof Head>;
export type WorkspaceHead = Static<typeof WorkspaceHead>;
export type ArchiveLine = Static<typeof Line>;

/** null: no line of an archive. */
export function readLine(text: string): ArchiveLine | null {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(Line, value) ? value : null;
  } catch {
    return null;
  }
}
