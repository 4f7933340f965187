// What an object has by a name that people give: a plan may be called `constructor`, which every object has a member called so.

/** undefined: it has none, or there is no object. */
export function ownValue<Value>(
  of: Readonly<Record<string, Value>> | null | undefined,
  name: string,
): Value | undefined {
  return of != null && Object.hasOwn(of, name) ? of[name] : undefined;
}
