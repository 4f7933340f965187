// Refuses packets that announce too large a body, before anything is stored.

/** chimp-assist.md §1: payloads of 64 KiB, plus topic, header and the rest. */
const MAX_PACKET = 65_536 + 4096;

/**
 * Is given a connection's bytes, in order. false: a packet that is too large, or an invalid length
 * (MQTT 3.1.1 §2.2.3): the connection must end.
 */
export function guardPackets(): (chunk: Buffer) => boolean {
  let skip = 0;
  // Bytes of the fixed header so far, and the length they encode.
  let [digits, length, inHeader] = [0, 0, false];
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (skip > 0) {
        const step = Math.min(skip, chunk.length - at);
        skip -= step;
        at += step;
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (!inHeader) {
        [inHeader, digits, length] = [true, 0, 0];
        continue;
      }
      length += (byte & 127) * 128 ** digits;
      digits += 1;
      if (length > MAX_PACKET || digits > 4) return false;
      if ((byte & 128) === 0) [inHeader, skip] = [false, length];
    }
    return true;
  };
}
