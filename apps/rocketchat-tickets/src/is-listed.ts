// Whether RapidPro's list of a contact's messages shows that one, whose answer was lost, has arrived.

const CLOCKS_DIFFER_BY_MS = 300_000;

/**
 * Whether the list has the text once more, behind the last message that is known to have arrived,
 * than was known. All newest first. By their order, because clocks differ; only before the first
 * message of a ticket is there nothing but the time.
 */
export function isListed(args: {
  listed: { isOut: boolean; text: string; at: number }[];
  delivered: string[];
  text: string;
  sinceMs: number;
}): boolean {
  const { delivered, text, sinceMs } = args;
  const out = args.listed.filter(({ isOut }) => isOut);
  const different = delivered.findIndex((one) => one !== text);
  const known = different === -1 ? delivered.length : different;
  const before = different === -1 ? -1 : out.findIndex((one) => one.text === delivered[different]);
  if (different !== -1 && before === -1) return false;
  const behind =
    before === -1
      ? out.filter(({ at }) => at >= sinceMs - CLOCKS_DIFFER_BY_MS || known > 0)
      : out.slice(0, before);
  return behind.filter((one) => one.text === text).length > known;
}
