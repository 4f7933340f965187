// A conversation as a mail to its contact: what was said to each other, never a note.
import type { Language } from '../contract/mails.ts';
import type { Db } from '../store/sql.ts';
import {
  MOST_LINES,
  readTranscript,
  readTranscriptHead,
  type TranscriptLine,
} from '../store/transcript.ts';
import type { Fill, MailParts } from './write-mail.ts';

/** Longer ones lose their beginning, so that mail servers take them. */
const MOST_CHARACTERS = 200_000;

interface Frame {
  language: Language;
  greeting: string;
  why: string;
}

/** null: the conversation is gone. */
export async function writeTranscript(
  db: Db,
  key: { workspaceId: string; conversationId: string },
  house: { fill: Fill; workspace: string; zone: string; language: Language; frame: Frame },
): Promise<MailParts | null> {
  const head = await readTranscriptHead(db, key);
  if (head === null) return null;
  const { fill, workspace, zone, language, frame } = house;
  const read = await readTranscript(db, key);
  const lines = cutToFit(read.slice(0, MOST_LINES));
  const isCut = lines.length < read.length;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: zone });
  const time = new Intl.DateTimeFormat(language, {
    ...{ dateStyle: 'short', timeStyle: 'short', timeZone: zone },
  });
  return {
    ...frame,
    greeting: head.contactName ? fill('hello', { name: head.contactName }) : frame.greeting,
    subject: fill('transcript.subject', { workspace }),
    text: [
      fill('transcript.text', { date: date.format(head.queuedAt) }),
      ...(isCut ? [fill('transcript.cut')] : []),
    ],
    said: lines.map((line) => ({
      aside: time.format(line.at),
      who: nameOf(line, { fill, workspace }),
      text: textOf(line, fill),
    })),
    after: [fill('transcript.zone', { zone })],
  };
}

/** The newest that fit, oldest first. */
function cutToFit(newestFirst: readonly TranscriptLine[]): TranscriptLine[] {
  let left = MOST_CHARACTERS;
  const fitting = newestFirst.filter(({ text }) => {
    left -= text.length;
    return left > 0;
  });
  return fitting.reverse();
}

function nameOf(
  { authorKind, authorName }: TranscriptLine,
  { fill, workspace }: { fill: Fill; workspace: string },
): string {
  if (authorKind === 'contact') return fill('transcript.you');
  return authorName ?? workspace;
}

function textOf({ text, files }: TranscriptLine, fill: Fill): string {
  const said = files.length === 0 ? [] : [fill('transcript.files', { files: files.join(', ') })];
  return [...(text === '' ? [] : [text]), ...said].join('\n');
}
