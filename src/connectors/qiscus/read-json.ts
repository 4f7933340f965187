// Reads the body of an answer that promises JSON and may hold anything.

/** undefined when it is no JSON. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
