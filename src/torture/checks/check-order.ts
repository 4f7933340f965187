// Searches, for each conversation, one order that explains all that its clients were answered; tells the shortest part that has none.
import { type Breach, MOST_TOLD } from '../breach.ts';
import type { Operation } from '../record.ts';
import { conversationModel } from './conversation-model.ts';
import { isLinearizable, type Model, type Timed } from './is-linearizable.ts';
import { tellOperation } from './tell-story.ts';

/** `offered`: the names of the conversations whose agents are asked first. */
export function checkOrder(
  operations: readonly Operation[],
  offered: ReadonlySet<string>,
): Breach[] {
  const breaches: Breach[] = [];
  for (const [name, own] of Map.groupBy(operations, ({ conversation }) => conversation)) {
    const history = own.flatMap(timed).sort((a, b) => a.from - b.from);
    const model = conversationModel(offered.has(name));
    if (breaches.length >= MOST_TOLD || isLinearizable(history, model)) continue;
    breaches.push({
      promise: 'order',
      subject: `conversation ${name}`,
      what: 'No order of these explains what each was answered.',
      story: shorten(history, model).map(({ op }) => tellOperation(op)),
    });
  }
  return breaches;
}

/** What may have been done twice may take effect twice, and its refusal may be of the second time. */
function timed(op: Operation): Timed<Operation>[] {
  const isSure = op.answer === 'done' || (op.answer === 'refused' && !op.isDoubtful);
  const own: Timed<Operation>[] = isSure ? [{ op, from: op.invokedAt, to: op.returnedAt }] : [];
  const perhaps: Operation = { ...op, answer: 'unknown' };
  const other: Timed<Operation> = { op: perhaps, from: op.invokedAt, to: null };
  return isSure && !op.isDoubtful ? own : [...own, other];
}

/**
 * What came later explains nothing earlier: the shortest beginning is kept, in which whatever has not ended is as if
 * it never would. Without a read, or without what was refused, a history that can be explained still can; so what is
 * left shows the breach as well. What changed something has to stay.
 */
function shorten(
  history: readonly Timed<Operation>[],
  model: Model<Operation>,
): readonly Timed<Operation>[] {
  const ends = history.flatMap(({ to }) => (to === null ? [] : [to])).sort((a, b) => a - b);
  const beginnings = ends.map((end) => cutAt(history, end));
  let left = beginnings.find((one) => !isLinearizable(one, model)) ?? history;
  for (const one of left.toReversed()) {
    if (one.op.verb !== 'read' && one.op.answer !== 'refused') continue;
    const without = left.filter((other) => other !== one);
    if (!isLinearizable(without, model)) left = without;
  }
  return left;
}

function cutAt(history: readonly Timed<Operation>[], end: number): Timed<Operation>[] {
  const begun = history.filter(({ from }) => from <= end);
  return begun
    .filter(({ op, to }) => op.verb !== 'read' || (to !== null && to <= end))
    .map((one) => (one.to !== null && one.to > end ? { ...one, to: null } : one));
}
