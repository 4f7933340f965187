// Columns of whole numbers and of times as bytes: each number as wide as the largest needs. Little-endian, as every machine is that Node runs on.
const WIDTHS = [Uint8Array, Uint16Array, Uint32Array] as const;
type Whole = Uint8Array | Uint16Array | Uint32Array;

/** Whole numbers below 2^32, all of the same length: a column each. */
export function packColumns(columns: readonly (readonly number[])[]): Buffer {
  const parts = columns.map((column) => {
    const most = column.reduce((max, value) => Math.max(max, value), 0);
    const Kind = WIDTHS[most < 256 ? 0 : most < 65_536 ? 1 : 2] ?? Uint32Array;
    const data = Kind.from(column);
    const head = Buffer.alloc(5);
    head.writeUInt8(data.BYTES_PER_ELEMENT, 0);
    head.writeUInt32LE(data.length, 1);
    return Buffer.concat([head, Buffer.from(data.buffer)]);
  });
  return Buffer.concat(parts);
}

/** As many columns as were packed. */
export function unpackColumns(bytes: Buffer): Whole[] {
  const columns: Whole[] = [];
  for (let at = 0; at < bytes.length; ) {
    const width = bytes.readUInt8(at);
    const length = bytes.readUInt32LE(at + 1);
    // Copied, because a view has to begin at a multiple of its width.
    const data = bytes.buffer.slice(
      bytes.byteOffset + at + 5,
      bytes.byteOffset + at + 5 + width * length,
    );
    columns.push(
      width === 1
        ? new Uint8Array(data)
        : width === 2
          ? new Uint16Array(data)
          : new Uint32Array(data),
    );
    at += 5 + width * length;
  }
  return columns;
}

export function packTimes(seconds: readonly number[]): Buffer {
  return Buffer.from(Float64Array.from(seconds).buffer);
}

export function unpackTimes(bytes: Buffer): Float64Array {
  return new Float64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  );
}
