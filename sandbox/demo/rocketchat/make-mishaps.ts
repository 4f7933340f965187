// How Rocket.Chat, its people and RapidPro misbehave with `--chaos`: all of it seen at the real ones.
import type { Random } from '../../qiscus/random.ts';
import type { Mailroom } from '../../rapidpro/start-mailroom.ts';
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';

const MEDDLE_EVERY_MS = 700;
const OUTAGE_EVERY_MS = 6000;
const OUTAGE_MS = 1200;

/** Answers how to end it: everything is well from then on, and both servers are up. */
export function startMishaps(args: {
  rocketchat: RocketChat;
  mailroom: Mailroom;
  random: Random;
}): () => Promise<void> {
  const { rocketchat, mailroom } = args;
  misbehave(args);
  let outage = Promise.resolve();
  const fall = async (): Promise<void> => {
    await rocketchat.goDown();
    await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
    await rocketchat.restart();
  };
  const timers = [
    setInterval(() => void meddle(args).catch(() => {}), MEDDLE_EVERY_MS),
    setInterval(() => {
      outage = outage.then(fall);
    }, OUTAGE_EVERY_MS),
  ];
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await outage;
    rocketchat.faults.clear();
    mailroom.setBehaviour({});
  };
}

function misbehave({ rocketchat, mailroom }: { rocketchat: RocketChat; mailroom: Mailroom }): void {
  const { chances } = rocketchat.faults;
  Object.assign(chances.calls, {
    'server-error': 0.03,
    'too-many-requests': 0.01,
    'answer-dropped': 0.03,
    cut: 0.02,
  });
  chances.waitSeconds = 1;
  chances.slowMs = 15;
  chances.webhooks = { lost: 0.03, doubled: 0.3, heldBack: 0.4, heldBackMs: 300 };
  mailroom.setBehaviour({
    draws: [
      { probability: 0.05, behaviour: { status: 503 } },
      { probability: 0.03, behaviour: { fault: 'reset', handled: false } },
    ],
  });
}

/** Somebody forwards a room by hand, or gives it back and a colleague takes it. */
async function meddle({ rocketchat, random }: { rocketchat: RocketChat; random: Random }) {
  const { people, world } = rocketchat;
  const rooms = [...world.state.rooms.values()].filter(({ open, servedBy }) => open && servedBy);
  const room = random.pick(rooms);
  const agents = [...world.state.users.values()].filter(
    ({ _id, statusLivechat }) => statusLivechat === 'available' && _id !== room?.servedBy?._id,
  );
  const next = random.pick(agents);
  if (room?.servedBy === undefined || next === undefined) return;
  if (random.chance(0.6)) {
    await people.forward(room.servedBy.username, room._id, { agent: next.username });
    return;
  }
  people.returnToQueue(room._id);
  if (random.chance(0.5)) people.take(next.username, room._id);
}
