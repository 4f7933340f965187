// A headless Chromium for the tests of what people see; Debian's, or the one that CHROMIUM_PATH names.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Where it is missing the tests are skipped, but never in CI. */
export const hasBrowser = existsSync(executablePath) || process.env.CI !== undefined;
if (!hasBrowser) {
  process.stderr.write(
    `Skipped: there is no Chromium at ${executablePath}. Install it, or set CHROMIUM_PATH.\n`,
  );
}

const isRoot = process.getuid?.() === 0;

const launching = { executablePath, args: isRoot ? ['--no-sandbox'] : [] };

export function openBrowser(): Promise<Browser> {
  return chromium.launch(launching);
}

/** One with the settings that stand in the folder. */
export function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, launching);
}
