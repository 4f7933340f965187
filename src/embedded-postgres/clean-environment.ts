// Lists the variables that programs of PostgreSQL are given, since Usher's own hold its secrets.

/**
 * An allow-list: a secret that is added later stays out by itself, as do PGDATA or a translated
 * LC_MESSAGES, which would steer the server or its messages.
 */
export const passedOn: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TZ'],
  // Where libraries lie on systems that keep them elsewhere.
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH'],
  // How containers with an arbitrary uid give it a name, which initdb insists on.
  ...['LD_PRELOAD', 'NSS_WRAPPER_PASSWD', 'NSS_WRAPPER_GROUP'],
];

export function cleanEnvironment(): NodeJS.ProcessEnv {
  const given = passedOn.filter((name) => process.env[name] !== undefined);
  const own = given.map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}
