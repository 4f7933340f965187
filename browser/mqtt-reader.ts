// Cuts the bytes that arrive, in whatever pieces, into packets, and gives up at the first bad one.
import { decodePacket, type ReceivedPacket } from './mqtt-packets.ts';

/** The largest packet taken; Usher's own payloads end at 64 KiB, lists of messages included. */
export const MAX_PACKET_BYTES = 1024 * 1024;

export interface PacketReader {
  /** After a fault nothing more is read. */
  read(bytes: Uint8Array): { packets: ReceivedPacket[]; fault: string | null };
}

export function makePacketReader(): PacketReader {
  // Grows by doubling, so that a packet which comes byte by byte is not copied for every byte.
  let held = new Uint8Array(1024);
  let size = 0;
  let fault: string | null = null;

  function hold(bytes: Uint8Array): void {
    if (held.length < size + bytes.length) {
      const larger = new Uint8Array(Math.max(2 * held.length, size + bytes.length));
      larger.set(held.subarray(0, size));
      held = larger;
    }
    held.set(bytes, size);
    size += bytes.length;
  }

  /** Takes whole packets from what is held; answers where the first incomplete one begins. */
  function takeFrom(start: number, packets: ReceivedPacket[]): number {
    for (let at = start; ; ) {
      const frame = findFrame(held, at, size);
      if (typeof frame === 'string') fault = frame;
      if (frame === null || typeof frame === 'string' || frame.end > size) return at;
      const packet = decodePacket(held[at] ?? 0, held.subarray(frame.start, frame.end));
      if (packet === null) {
        fault = 'malformed packet';
        return at;
      }
      packets.push(packet);
      at = frame.end;
    }
  }

  function read(bytes: Uint8Array) {
    const packets: ReceivedPacket[] = [];
    if (fault === null) {
      hold(bytes);
      const rest = takeFrom(0, packets);
      held.copyWithin(0, rest, size);
      size -= rest;
    }
    return { packets, fault };
  }

  return { read };
}

/**
 * Where the body of the packet at `at` stands; the length has one to four bytes (section 2.2.3).
 * null: not known yet. A text: what is wrong.
 */
function findFrame(
  bytes: Uint8Array,
  at: number,
  size: number,
): { start: number; end: number } | string | null {
  let length = 0;
  for (let index = 0; index < 4; index += 1) {
    const place = at + 1 + index;
    if (place >= size) return null;
    const byte = bytes[place] ?? 0;
    length += (byte & 127) * 128 ** index;
    if (length > MAX_PACKET_BYTES) return 'packet too large';
    if (byte < 128) return { start: place + 1, end: place + 1 + length };
  }
  return 'malformed length';
}
