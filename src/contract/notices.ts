// What is wrong with the server itself, told to admins.
import { type Static, Type } from 'typebox';

export const Notice = Type.Object({
  code: Type.Enum(['no-room-for-files', 'alarms'], {
    description:
      'no-room-for-files: the room is below USHER_DISK_RESERVE_MB, so files are refused; conversations go on. alarms: GET /api/v1/alarms?open=true lists them.',
  }),
});
export type Notice = Static<typeof Notice>;
