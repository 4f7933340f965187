// How many conversations a list would show, up to a bound.
import { MOST_COUNTED } from '../contract/saved-views.ts';
import { type InboxFilter, listedValues, selectListed } from './inbox-filter.ts';
import { type Db, queryOne, type Statement, statement } from './sql.ts';

type Counted = { count: number };
const known = new Map<string, Statement<Counted>>();

/** One for each combination of filters that is used. */
function statementFor(filter: InboxFilter): Statement<Counted> {
  const listed = selectListed(filter, { size: MOST_COUNTED + 1 });
  const seen = known.get(listed);
  if (seen !== undefined) return seen;
  const made = statement<Counted>(
    `count-inbox-${known.size}`,
    `select count(*)::integer as count from (${listed}) few`,
  );
  known.set(listed, made);
  return made;
}

/** Without words, which are not counted. One more than `MOST_COUNTED` stands for more. */
export async function countInbox(
  db: Db,
  args: Omit<InboxFilter, 'q'> & { workspaceId: string; userId: string | null },
): Promise<number> {
  const values = listedValues({ ...args, after: null });
  return (await queryOne(db, statementFor(args), values))?.count ?? 0;
}
