// The company at work: customers come and are answered at a pace that a person can follow.
import type { Crowd } from './customer.ts';
import type { Company } from './found-company.ts';
import type { Judge } from './judge-promises.ts';
import { type Look, openBoard } from './open-board.ts';
import { isMayaHere, openStandIn } from './open-stand-in.ts';
import { stories } from './stories.ts';
import { type Teller, tellInRealTime } from './tell-in-real-time.ts';

export interface Business {
  last(): Look;
  /** The newcomer has sat down at Maya's desk. */
  welcome(): void;
  stop(): Promise<void>;
}

/** How many customers come at the start, so that there is something to see. */
const AT_THE_OPENING = 14;
const PACE_MS = { quiet: 1500, calm: 4000 };
const FEW_WAITING = 3;
/** With this many waiting, no further customer comes. */
const MOST_WAITING = 6;
const MOST_OPEN = 40;
/** Of the shop's customers, with Maya: she has room for more. */
const MOST_AT_THE_SHOP = 2;
const SHOP_PACE_MS = 15_000;
const WELCOME_MS = 1500;

export function openForBusiness(args: {
  company: Company;
  crowd: Crowd;
  judge: Judge;
  onError: (error: unknown) => void;
}): Business {
  const { company, judge, onError } = args;
  const standIn = openStandIn(company, onError);
  const board = openBoard(company.call, (look) => {
    judge.onLook(look);
    standIn.onLook(look, teller.isTold);
    bringCustomers(look);
    shop.bring(isMayaHere(company, look) ? MOST_AT_THE_SHOP : 1);
  });
  const teller = tellInRealTime({ ...args, board });
  const shop = bringShoppers(teller);
  const next = makeDeck(stories.filter(({ door }) => door !== 'shop'));
  const shopId = company.teamIds.get('Shop');
  let nextAt = 0;
  function bringCustomers({ open }: Look): void {
    const waits = [...open.values()].filter(
      ({ state, teamId }) => state === 'waiting' && teamId !== shopId,
    ).length;
    const now = performance.now();
    if (now < nextAt || waits >= MOST_WAITING || teller.count() >= MOST_OPEN) return;
    nextAt = now + (waits < FEW_WAITING ? PACE_MS.quiet : PACE_MS.calm);
    teller.begin(next());
  }
  for (let n = 0; n < AT_THE_OPENING; n += 1) teller.begin(next());
  return {
    last: board.last,
    welcome: shop.hurry,
    stop: async () => {
      standIn.stop();
      const told = teller.stop();
      await board.close();
      await told;
    },
  };
}

function bringShoppers(teller: Teller) {
  const next = makeDeck(stories.filter(({ door }) => door === 'shop'));
  let nextAt = 0;
  return {
    bring: (most: number): void => {
      const now = performance.now();
      if (now < nextAt || teller.countAtTheShop() >= most) return;
      nextAt = now + SHOP_PACE_MS * (0.6 + Math.random());
      teller.begin(next());
    },
    hurry: (): void => {
      nextAt = performance.now() + WELCOME_MS;
    },
  };
}

/** In random order, each once before any is repeated. */
function makeDeck<T>(all: readonly T[]): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...all];
    const at = Math.floor(Math.random() * left.length);
    return left.splice(at, 1)[0] as T;
  };
}
