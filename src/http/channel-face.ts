// What HTTP asks of a kind of channel; each kind's own room implements it.
import type { FastifyInstance } from 'fastify';
import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { Channel } from '../contract/channels.ts';
import type { FetchPicture } from './fetch-picture.ts';
import type { FileRouteMeans } from './open-file-means.ts';

export type FaceMeans = FileRouteMeans & { fetchPicture: FetchPicture };

export interface ChannelFace {
  kind: ChannelKind;
  /** Routes for outside systems, and routes for users of this kind alone. */
  routes(app: FastifyInstance, means: FaceMeans): Promise<void>;
  /** To be pasted into the other system; `SECRET_PLACE` stands where a secret goes. */
  urls(channelId: string, publicUrl: string): Record<string, string>;
  /**
   * The text to be pasted there; shown only now, because it holds the secret that was made here.
   */
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
