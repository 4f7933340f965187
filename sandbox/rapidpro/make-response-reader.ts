// Reads an HTTP/1.1 response off a raw socket as its bytes come in.

export interface RawResponse {
  status: number;
  /** By lower-case name; repeated ones are joined by a comma. */
  headers: Record<string, string>;
  /** Names and values in turn. */
  rawHeaders: string[];
  /** Without the framing of chunks, otherwise the very bytes. */
  body: Buffer;
  /** All of the body has come. */
  complete: boolean;
}

type Head = Pick<RawResponse, 'status' | 'headers' | 'rawHeaders'>;

export interface ResponseReader {
  /** true as soon as the response is complete. */
  push(chunk: Buffer): boolean;
  /** The other side has ended the connection. */
  end(): void;
  /** null before the head has come whole; `malformed` if it is no HTTP. */
  read(): RawResponse | 'malformed' | null;
}

export function makeResponseReader(): ResponseReader {
  let head: Head | 'malformed' | null = null;
  let parts: Buffer[] = [];
  let length = 0;
  let ended = false;

  const takeHead = (): void => {
    const bytes = Buffer.concat(parts);
    const at = bytes.indexOf('\r\n\r\n');
    if (at === -1) return;
    const read = readHead(bytes.subarray(0, at).toString('latin1'));
    parts = [bytes.subarray(at + 4)];
    length = bytes.length - at - 4;
    // An interim response says nothing yet.
    if (read !== 'malformed' && read.status < 200) takeHead();
    else head = read;
  };

  const bodyOf = (): { body: Buffer; complete: boolean } => {
    const all = () => Buffer.concat(parts);
    if (head === null || head === 'malformed') return { body: all(), complete: false };
    const { status, headers } = head;
    if (status === 204 || status === 304) return { body: Buffer.alloc(0), complete: true };
    if (headers['transfer-encoding'] === 'chunked') return readChunks(all());
    const announced = headers['content-length'];
    if (announced === undefined) return { body: all(), complete: ended };
    if (length < Number(announced)) return { body: all(), complete: false };
    return { body: all().subarray(0, Number(announced)), complete: true };
  };

  const isOver = (): boolean => {
    if (head === null) return false;
    if (head === 'malformed') return true;
    const announced = head.headers['content-length'];
    // Spares joining the parts of a large body each time.
    if (announced !== undefined && length < Number(announced)) return false;
    const last = parts.at(-1);
    if (head.headers['transfer-encoding'] === 'chunked' && !last?.toString('latin1').endsWith('\n'))
      return false;
    return bodyOf().complete;
  };

  return {
    push(chunk) {
      parts.push(chunk);
      length += chunk.length;
      if (head === null) takeHead();
      return isOver();
    },
    end() {
      ended = true;
      if (head === null && length > 0) head = 'malformed';
    },
    read: () => (head === null || head === 'malformed' ? head : { ...head, ...bodyOf() }),
  };
}

function readHead(text: string): Head | 'malformed' {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})( |$)/.exec(first)?.[1];
  if (status === undefined) return 'malformed';
  const headers: Record<string, string> = {};
  const rawHeaders: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return 'malformed';
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    rawHeaders.push(name, value);
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return { status: Number(status), headers, rawHeaders };
}

function readChunks(bytes: Buffer): { body: Buffer; complete: boolean } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return { body: Buffer.concat(parts), complete: false };
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    const start = lineEnd + 2;
    if (size === 0) {
      const isWhole = bytes.indexOf('\r\n', start) !== -1;
      return { body: Buffer.concat(parts), complete: isWhole };
    }
    parts.push(bytes.subarray(start, start + size));
    if (!(start + size + 2 <= bytes.length)) return { body: Buffer.concat(parts), complete: false };
    at = start + size + 2;
  }
}
