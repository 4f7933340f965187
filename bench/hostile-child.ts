// The attacker, in a process of its own: prepares first, so that what it sends costs nobody anything to make.
import { type Attacks, prepareAttacks } from './hostile-attacks.ts';

export type HostileOrder = { prepare: string } | { attack: keyof Attacks; seconds: number };

let attacks: Attacks | null = null;

// Whoever asked may be gone without a word.
process.once('disconnect', () => process.exit());
process.on('message', async (order: HostileOrder | 'stop') => {
  if (order === 'stop') process.exit();
  if ('prepare' in order) {
    attacks = await prepareAttacks(order.prepare);
    return process.send?.({});
  }
  process.send?.(await (attacks as Attacks)[order.attack](order.seconds));
});
