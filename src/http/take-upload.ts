// Accepts a file: a few at a time per address or person, within the budgets of the sender, while
// there is room.
import type { FastifyRequest } from 'fastify';
import { networkOf } from '../access/network-of.ts';
import { keepAttachment } from '../desk/keep-attachment.ts';
import { reserveUpload, type Uploader } from '../desk/limit-uploads.ts';
import { Refused } from '../errors.ts';
import type { Drawing } from './draw-pictures.ts';
import { type FairTurns, makeFairTurns } from './fair-turns.ts';
import type { FileMeans } from './file-means.ts';
import { readUpload } from './read-upload.ts';
import { makeRefuseOverfull } from './refuse-overfull.ts';

export interface Kept {
  id: string;
  fileName: string;
  contentType: string;
  size: number;
}

/**
 * Refuses what `readUpload` refuses, `upload.no-room`, `upload.budget-spent` and
 * `request.too-many`. `visitor`: the session of a stranger; null: a member of staff. The bytes of
 * both are counted.
 */
export type TakeUpload = (
  request: FastifyRequest,
  by: { workspaceId: string; createdBy: string; visitor: string | null },
) => Promise<Kept>;

/** Each is in memory while it arrives and is drawn. */
const TURNS = { most: 12, mostEach: 4, mostWaiting: 16 };
const WAITING_MS = 5000;

/** Accepts the uploads of one group of people, without waiting for the others. */
interface Intake {
  turns: FairTurns;
  draw: Drawing['draw'];
}

export type Drawings = Record<'strangers' | 'staff', Pick<Drawing, 'draw'>>;

export function makeTakeUpload(means: FileMeans & { drawings: Drawings }): TakeUpload {
  const { db, budgets, isDiskLow, drawings } = means;
  const refuseOverfull = makeRefuseOverfull(means);
  const open = ({ draw }: Pick<Drawing, 'draw'>): Intake => ({ turns: makeFairTurns(TURNS), draw });
  const intakes = { strangers: open(drawings.strangers), staff: open(drawings.staff) };
  return async (request, { workspaceId, createdBy, visitor }) => {
    if (isDiskLow()) throw new Refused('upload.no-room');
    await refuseOverfull(workspaceId);
    const address = networkOf(request.ip);
    const key = visitor === null ? `${workspaceId} ${createdBy}` : address;
    const { turns, draw } = visitor === null ? intakes.staff : intakes.strangers;
    if (!(await turns.take(key, AbortSignal.timeout(WAITING_MS)))) {
      throw new Refused('request.too-many');
    }
    try {
      const by: Uploader =
        visitor === null
          ? { kind: 'person', name: createdBy }
          : { kind: 'visitor', session: visitor, address };
      const owed = { workspaceId, by, bytes: announcedBytes(request) };
      const reserved = await reserveUpload({ db, budgets }, owed);
      let size = 0;
      try {
        const upload = await readUpload(request, (content) => draw(content, key));
        await reserved.growTo(upload.content.length);
        const id = await keepAttachment({ db }, { workspaceId, createdBy, ...upload });
        size = upload.content.length;
        return { id, fileName: upload.fileName, contentType: upload.contentType, size };
      } finally {
        await reserved.settle(size);
      }
    } finally {
      turns.pass(key);
    }
  };
}

/** An upload without a length counts as the largest allowed. */
function announcedBytes({ headers, routeOptions }: FastifyRequest): number {
  const most = routeOptions.bodyLimit ?? 0;
  const said = Number(headers['content-length'] ?? most);
  return Number.isSafeInteger(said) && said >= 0 ? Math.min(said, most) : most;
}
