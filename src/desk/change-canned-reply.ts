// Makes, changes and removes the texts that agents answer with by a shortcut.
import { listUnknownPlaceholders, placeholders } from '../contract/placeholders.ts';
import { Refused } from '../errors.ts';
import {
  type CannedReplyRow,
  deleteCannedReply,
  insertCannedReply,
  updateCannedReply,
} from '../store/canned-replies.ts';
import { NO_SUCH_ROW, UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import { makeListVerbs } from './make-list-verbs.ts';

/**
 * Refuse `canned-reply.placeholder-unknown`, `canned-reply.shortcut-taken`, `team.not-found` and
 * `canned-reply.not-found`.
 */
export const {
  create: createCannedReply,
  change: changeCannedReply,
  remove: removeCannedReply,
} = makeListVerbs<CannedReplyRow>({
  entry: 'canned-reply',
  insert: insertCannedReply,
  update: updateCannedReply,
  drop: deleteCannedReply,
  broken: {
    [UNIQUE_VIOLATION]: 'canned-reply.shortcut-taken',
    [NO_SUCH_ROW]: 'team.not-found',
  },
  check: ({ text }) => {
    if (text !== undefined) refuseUnknown(text);
  },
});

/** Refused here, before a customer reads the bare placeholder. */
function refuseUnknown(text: string): void {
  const unknown = listUnknownPlaceholders(text).map((name) => `{${name}}`);
  if (unknown.length === 0) return;
  const known = placeholders.map((name) => `{${name}}`).join(' and ');
  throw new Refused(
    'canned-reply.placeholder-unknown',
    `Nobody fills ${unknown.join(', ')} in the text: ${known} are filled, also as {name|there}, which says “there” to whoever has no name.`,
  );
}
