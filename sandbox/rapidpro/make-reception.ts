// Takes every request that the emulator receives: keeps it, lets it take effect or not, answers it.
import { type Answer, answerCallback, peekEvent } from './answer-callback.ts';
import { type Arrival, keyOf } from './arrival.ts';
import { makeChooser, type Plan } from './behaviour.ts';
import { HISTORY_PATH, listMessages } from './list-messages.ts';
import { type Exchange, sendAnswer } from './send-answer.ts';
import type { World } from './world.ts';

/** The default target of redirects: a request that arrives here has followed one. */
const TRAP_PATH = '/redirected';

export interface ReceptionOptions {
  world: World;
  random: () => number;
  onArrival: (arrival: Arrival) => void;
}

export function makeReception({ world, random, onArrival }: ReceptionOptions) {
  const callbacks: Arrival[] = [];
  const historyCalls: Arrival[] = [];
  const redirected: Arrival[] = [];
  const times = new Map<string, number>();
  let chooseForCallback = makeChooser({}, random);
  let chooseForHistory = makeChooser({}, random);

  const keep = ({ request }: Exchange, body: Buffer): Arrival => {
    const { method = '', url: path = '', headers, rawHeaders } = request;
    const key = keyOf({ path, body });
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return {
      ...{ at: Date.now(), method, path, headers, rawHeaders, body, time },
      ...{ event: peekEvent({ path, body }), behaviour: {}, handled: false, answer: null },
    };
  };

  /** What the request is answered, unless it was kept from having an effect. */
  const judge = async (arrival: Arrival): Promise<Answer | null> => {
    if (arrival.path === TRAP_PATH) {
      redirected.push(arrival);
      return null;
    }
    const isHistory = arrival.path.split('?', 1)[0] === HISTORY_PATH;
    (isHistory ? historyCalls : callbacks).push(arrival);
    arrival.behaviour = (isHistory ? chooseForHistory : chooseForCallback)(arrival);
    const { status, fault } = arrival.behaviour;
    const { handled = status === undefined && fault === undefined } = arrival.behaviour;
    if (!handled) return null;
    return isHistory ? listMessages(world, arrival) : answerCallback(world, arrival);
  };

  const take = async (exchange: Exchange, body: Buffer): Promise<void> => {
    const arrival = keep(exchange, body);
    const own = await judge(arrival);
    arrival.handled = own?.status === 200;
    const trapUrl = world.origin.publicUrl + TRAP_PATH;
    await sendAnswer(exchange, { arrival, own, trapUrl });
    onArrival(arrival);
  };

  return {
    callbacks,
    historyCalls,
    redirected,
    take,
    setBehaviour(plan: Plan) {
      chooseForCallback = makeChooser(plan, random);
    },
    setHistoryBehaviour(plan: Plan) {
      chooseForHistory = makeChooser(plan, random);
    },
  };
}
