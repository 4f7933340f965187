// Which canned replies fit what was typed, the best first; pure.
import type { CannedReply } from '../../api/shapes.ts';

const MOST = 8;

export function findCanned(
  replies: readonly CannedReply[],
  typed: string,
  teamId: string | null,
): CannedReply[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ shortcut, text }: CannedReply): number => {
    if (shortcut.toLowerCase().startsWith(wanted)) return 0;
    if (shortcut.toLowerCase().includes(wanted)) return 1;
    return text.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return replies
    .filter((reply) => reply.teamId === null || reply.teamId === teamId)
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .slice(0, MOST)
    .map((one) => one.reply);
}
