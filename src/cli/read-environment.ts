// The environment of a command: the process's own, and what `.env` in the working directory adds to it.

const WRONG_USAGE = 2;

/**
 * A variable of the process wins over the file, even when it is empty; empty variables then count
 * as absent. USHER_ENV_FILE names another file; empty: none.
 */
export function readEnvironment(): NodeJS.ProcessEnv {
  const file = process.env.USHER_ENV_FILE ?? '.env';
  if (file !== '') loadFile(file);
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
}

function loadFile(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && process.env.USHER_ENV_FILE === undefined) return;
    process.stderr.write(`${file} cannot be read: ${message}. Mend it, or set USHER_ENV_FILE.\n`);
    process.exit(WRONG_USAGE);
  }
}
