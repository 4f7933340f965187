// What HTTP asks of a kind of channel; each kind's own room fills it.
import type { FastifyInstance } from 'fastify';
import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { Channel } from '../contract/channels.ts';
import type { FetchPicture } from './fetch-picture.ts';
import type { FileDoors } from './file-doors.ts';

export type FaceDoors = FileDoors & { fetchPicture: FetchPicture };

export interface ChannelFace {
  kind: ChannelKind;
  /** What outsiders call, and what people call of this kind alone. */
  routes(app: FastifyInstance, doors: FaceDoors): Promise<void>;
  /** To be pasted into the other system; `SECRET_PLACE` stands where a secret goes. */
  urls(channelId: string, publicUrl: string): Record<string, string>;
  /** What is to be pasted there and is shown only now: it holds the secret that was made here. */
  shownOnce?(channel: Pick<Channel, 'id' | 'urls'>, made: string): Record<string, string>;
  /** The sites whose pages may show a channel's chat; null: any. */
  framersOf?(channelId: string | undefined): string[] | null;
}

export const SECRET_PLACE = '<secret>';

export type FindFace = (kind: ChannelKind) => ChannelFace;

export function findAmong(faces: readonly ChannelFace[]): FindFace {
  const byKind = new Map(faces.map((face) => [face.kind, face]));
  return (kind) => {
    const face = byKind.get(kind);
    if (face === undefined) throw new Error(`No room was opened for channels of kind ${kind}.`);
    return face;
  };
}
