// What browser tests of the Routing page share.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { shareOffice } from './share-office.ts';

export function openRouting(
  shared: ReturnType<typeof shareOffice>,
  section: 'plans' | 'calendars',
): Promise<Page> {
  return shared.openAsAdmin(`/settings/routing/${section}`);
}

export async function putInForce(page: Page): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().includes('/policy'),
  );
  await page.getByRole('button', { name: 'Put in force' }).click();
  expect((await answered).status()).toBe(200);
}
