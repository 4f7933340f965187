// Whom the next pass gives a conversation to, and what sets that agent apart from another: by the functions of the pass.
import type { Obstruction } from '../contract/why-not.ts';
import { decide, type Situation } from '../routing/decide.ts';
import type { Screened } from '../routing/screen.ts';
import { readingPass } from '../store/read-pass.ts';
import { type Db, run } from '../store/sql.ts';
import { readAwaitingNow } from './read-awaiting-now.ts';
import { makeRoster } from './roster.ts';
import { readSituation } from './route-waiting.ts';

/** null: nobody gets it with that pass. */
export async function foretellAssignment(
  db: Db,
  { workspaceId, ...pair }: { workspaceId: string; conversationId: string; agentId: string },
): Promise<Obstruction | null> {
  const roster = makeRoster(workspaceId);
  const reading = readingPass({
    workspaceId,
    version: 0,
    needsKeys: [],
    policyVersion: 0,
    placing: null,
    awaits: false,
  });
  const [row] = await run(db, reading);
  if (row === undefined) return null;
  const agents = roster.refresh(row);
  const known = { workspaceId, roster, agents };
  const awaiting = await readAwaitingNow(db, { ...known, row });
  const situation = await readSituation(db, { ...known, row, awaiting, whole: true });
  return situation && foretell(situation, pair);
}

function foretell(
  situation: Situation,
  { conversationId, agentId }: { conversationId: string; agentId: string },
): Obstruction | null {
  const given = decide(situation).assignments.find((one) => one.conversationId === conversationId);
  if (given === undefined) return null;
  if (given.agentId === agentId) return { code: 'goes-to-them' };
  const { agents } = situation;
  const both = agents.flatMap((one, place) =>
    one.agentId === agentId || one.agentId === given.agentId ? [place] : [],
  );
  const alone = between(situation, { conversationId, both });
  const again = decide(alone).assignments.find((one) => one.conversationId === conversationId);
  return {
    code: 'goes-to',
    agentName: agents.find((one) => one.agentId === given.agentId)?.name ?? given.agentId,
    decidedBy: again?.because.decidedBy ?? given.because.decidedBy,
  };
}

/** The same, but of this conversation only two agents are asked. */
function between(
  situation: Situation,
  { conversationId, both }: { conversationId: string; both: readonly number[] },
): Situation {
  const own = `${conversationId}|between`;
  let needsKey = '';
  const waiting = situation.waiting.map((one) => {
    if (one.conversationId !== conversationId) return one;
    needsKey = one.needsKey;
    return { ...one, needsKey: own };
  });
  const screened = situation.screened.get(needsKey) as Screened;
  const two: Screened = { ...screened, fit: both };
  return { ...situation, waiting, screened: new Map([...situation.screened, [own, two]]) };
}
