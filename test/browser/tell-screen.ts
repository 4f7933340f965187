// For whoever reads the log of a machine that they cannot look at.
import type { Page } from 'playwright-core';

/** What stood on the page and in what it frames when a test failed. */
export async function tellScreen(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    const screen = await frame
      .locator('body')
      .ariaSnapshot({ timeout: 5000 })
      .catch((error: unknown) => String(error));
    process.stderr.write(`${frame.url()}\n${screen}\n`);
  }
}
