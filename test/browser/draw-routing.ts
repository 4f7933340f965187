// What browser tests of the Routing page share.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import type { shareOffice } from './share-office.ts';

export async function openRouting(
  shared: ReturnType<typeof shareOffice>,
  section: 'plans' | 'calendars',
): Promise<Page> {
  const page = await shared.open('/sign-in');
  await signIn(page, shared.office());
  await page.goto(shared.at(`/settings/routing/${section}`));
  await settle(page);
  return page;
}

export async function putInForce(page: Page): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().includes('/policy'),
  );
  await page.getByRole('button', { name: 'Put in force' }).click();
  expect((await answered).status()).toBe(200);
}
