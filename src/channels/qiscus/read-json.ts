// Reads the body of an answer that promises JSON and may hold anything.

/** undefined when it is no JSON. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Whether something other than Qiscus answered: a success of Qiscus is JSON, or at least empty. */
export function isForeignPage(body: string): boolean {
  return body.trim() !== '' && readJson(body) === undefined;
}
