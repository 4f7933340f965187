// A file is kept and shown in the room by a message.
import { makeId } from '../make-id.ts';
import type { Message, Room, StoredFile, User, Visitor } from '../state.ts';
import type { World } from '../world.ts';
import { say } from './say.ts';

export interface Upload {
  room: Room;
  by: { visitor: Visitor } | { user: User };
  name: string;
  type: string;
  bytes: Buffer;
  description?: string | undefined;
  msg?: string;
}

export function uploadFile(
  world: World,
  upload: Upload,
): { file: StoredFile; message: Message | null } {
  const { room, by, name, type, bytes, description, msg = '' } = upload;
  const file: StoredFile = {
    _id: makeId(),
    ...{ name, type, bytes, size: bytes.length, rid: room._id },
    ...('visitor' in by ? { visitorToken: by.visitor.token } : { userId: by.user._id }),
    ...(description !== undefined && { description }),
    uploadedAt: world.clock.date(),
  };
  world.state.files.set(file._id, file);
  const shown = { _id: file._id, name, type, size: file.size };
  const extra = {
    ...{ file: shown, files: [shown], attachments: [attachmentOf(file)] },
    groupable: false as const,
  };
  return { file, message: say(world, { room, by, msg, extra }) };
}

export function pathOf(file: Pick<StoredFile, '_id' | 'name'>): string {
  return `/file-upload/${file._id}/${encodeURI(file.name)}`;
}

function attachmentOf(file: StoredFile): Record<string, unknown> {
  const path = pathOf(file);
  const kind = /^(image|audio|video)\//.exec(file.type)?.[1];
  return {
    title: file.name,
    type: 'file',
    ...(file.description !== undefined && { description: file.description }),
    title_link: path,
    title_link_download: true,
    ...(kind !== undefined && {
      [`${kind}_url`]: path,
      [`${kind}_type`]: file.type,
      [`${kind}_size`]: file.size,
    }),
  };
}
