// Writes and reads what MQTT 3.1.1 packets are made of: lengths, texts, and the frame around them.

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const MAX_TEXT_BYTES = 65_535;

/** Puts the fixed header before the parts: kind and flags, then the length (section 2.2). */
export function framePacket(kindAndFlags: number, parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = [kindAndFlags];
  let rest = length;
  do {
    const more = rest > 127 ? 128 : 0;
    header.push((rest % 128) | more);
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  const packet = new Uint8Array(header.length + length);
  packet.set(header);
  let at = header.length;
  for (const part of parts) {
    packet.set(part, at);
    at += part.length;
  }
  return packet;
}

export function writeUint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}

/** A text with its length before it. */
export function writeText(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.length > MAX_TEXT_BYTES) throw new RangeError('An MQTT text has at most 65,535 bytes.');
  const field = new Uint8Array(bytes.length + 2);
  field.set(writeUint16(bytes.length));
  field.set(bytes, 2);
  return field;
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** What is not UTF-8 is replaced: a payload is for the reader of its JSON to refuse. */
export function decodeText(bytes: Uint8Array): string {
  return lenientDecoder.decode(bytes);
}

/** null: not a text as MQTT has them (section 1.5.3). */
export function decodeStrictText(bytes: Uint8Array): string | null {
  try {
    const text = strictDecoder.decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
