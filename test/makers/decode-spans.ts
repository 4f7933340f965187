// Reads what OTLP sends (opentelemetry/proto/trace/v1/trace.proto) from its bytes, by the wire format of protobuf alone.

export interface SentSpan {
  traceId: string;
  spanId: string;
  /** Empty: it is the first of its trace. */
  parentId: string;
  name: string;
  /** 1 internal, 2 server, 3 client. */
  kind: number;
  traceState: string;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  startNs: bigint;
  endNs: bigint;
  /** 2: it failed. */
  status: number;
  /** Of the service that sent it. */
  resource: Record<string, unknown>;
}

type Value = bigint | Buffer;
type Fields = Map<number, Value[]>;

export function decodeSpans(body: Buffer): SentSpan[] {
  return parts(readFields(body), 1).flatMap((resourceSpans) => {
    const [described = new Map()] = parts(resourceSpans, 1);
    const resource = readAttributes(described, 1);
    return parts(resourceSpans, 2).flatMap((scopeSpans) =>
      parts(scopeSpans, 2).map((span) => readSpan(span, resource)),
    );
  });
}

function readSpan(span: Fields, resource: Record<string, unknown>): SentSpan {
  const [status = new Map()] = parts(span, 15);
  return {
    ...{ traceId: hex(span, 1), spanId: hex(span, 2), parentId: hex(span, 4) },
    ...{ traceState: text(span, 3), name: text(span, 5), kind: Number(number(span, 6)) },
    ...{ startNs: number(span, 7), endNs: number(span, 8), attributes: readAttributes(span, 9) },
    links: parts(span, 13).map((link) => ({ traceId: hex(link, 1), spanId: hex(link, 2) })),
    status: Number(number(status, 3)),
    resource,
  };
}

function readAttributes(of: Fields, field: number): Record<string, unknown> {
  const pairs = parts(of, field).map((pair) => {
    const [value = new Map()] = parts(pair, 2);
    if (value.has(1)) return [text(pair, 1), text(value, 1)];
    if (value.has(2)) return [text(pair, 1), number(value, 2) === 1n];
    return [text(pair, 1), Number(number(value, 3))];
  });
  return Object.fromEntries(pairs);
}

function bytes(of: Fields, field: number): Buffer {
  const [value] = of.get(field) ?? [];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}
const text = (of: Fields, field: number): string => bytes(of, field).toString();
const hex = (of: Fields, field: number): string => bytes(of, field).toString('hex');

function number(of: Fields, field: number): bigint {
  const [value] = of.get(field) ?? [];
  return typeof value === 'bigint' ? value : 0n;
}

function parts(of: Fields, field: number): Fields[] {
  return (of.get(field) ?? []).flatMap((one) => (Buffer.isBuffer(one) ? [readFields(one)] : []));
}

function readFields(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    at += length;
    if (at > message.length) throw new Error('The message ends before its field does.');
    return message.subarray(at - length, at);
  };
  const read: Record<number, () => Value> = {
    0: varint,
    1: () => take(8).readBigUInt64LE(),
    2: () => take(Number(varint())),
    5: () => BigInt(take(4).readUInt32LE()),
  };
  while (at < message.length) {
    const key = Number(varint());
    const value = read[key & 7]?.();
    if (value === undefined) throw new Error(`No wire type ${key & 7} is known.`);
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value]);
  }
  return fields;
}
