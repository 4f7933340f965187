// A replay over HTTP: a recorded span, decided again.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { can } from '../access/can.ts';
import { LONGEST_REPLAY_DAYS, MOST_REPLAYED, Replay, ReplayRequest } from '../contract/replays.ts';
import type { Desk } from '../desk/context.ts';
import { readOtherPolicy } from '../desk/read-other-policy.ts';
import { replaySpan } from '../desk/replay-span.ts';
import { Refused } from '../errors.ts';
import { allow } from './authenticate.ts';
import { refuseFaults } from './refuse-faults.ts';
import { refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';

const DAY_MS = 86_400_000;

export const replayRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.post(
    '/api/v1/replays',
    {
      onRequest: allow(desk, 'replays.run'),
      schema: {
        tags: ['simulations'],
        description: `Decides again what the router decided in a span of ${LONGEST_REPLAY_DAYS} days and ${MOST_REPLAYED} assignments at most, on what each routing pass saw and by the policy that was in force, and asks the rules again. Says what came out otherwise, and with against where another policy would have sent each. Changes nothing. 400 policy.invalid: the other policy does not hold. 429 simulation.too-many.`,
        body: ReplayRequest,
        response: { 200: Replay },
      },
    },
    async ({ actor, body, raw }) => {
      const { workspaceId } = actor;
      const [from, until] = [new Date(body.from), new Date(body.until)];
      const days = (until.getTime() - from.getTime()) / DAY_MS;
      if (days <= 0) throw new Refused('request.invalid', 'until must be later than from.');
      if (days > LONGEST_REPLAY_DAYS) {
        const most = `A replay spans ${LONGEST_REPLAY_DAYS} days at most.`;
        throw new Refused('request.invalid', most);
      }
      const against =
        body.against === undefined
          ? null
          : await readAgainst(desk, { workspaceId, policy: body.against });
      const namesContacts = can(actor, 'conversations.read');
      const isGone = () => raw.socket.destroyed;
      const asked = { workspaceId, from, until, against, namesContacts, isGone };
      return replaySpan(desk, asked).catch(refuseTooMuch);
    },
  );
};

async function readAgainst(desk: Desk, args: { workspaceId: string; policy: unknown }) {
  const { policy, faults, warnings } = await readOtherPolicy(desk, args);
  if (policy === null) throw refuseFaults(faults, warnings);
  return policy;
}
