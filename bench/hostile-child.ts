// The attacker, in its own process. It prepares everything first, so that making it takes no processor time during the measurement.
import { type Attacks, prepareAttacks } from './hostile-attacks.ts';

export type HostileOrder = { prepare: string } | { attack: keyof Attacks; seconds: number };

let attacks: Attacks | null = null;

// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', async (order: HostileOrder | 'stop') => {
  if (order === 'stop') process.exit();
  if ('prepare' in order) {
    attacks = await prepareAttacks(order.prepare);
    return process.send?.({});
  }
  process.send?.(await (attacks as Attacks)[order.attack](order.seconds));
});
