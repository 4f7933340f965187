// What a visitor does in the widget's chat, on any page that has it.
import type { FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Office } from './start-office.ts';

export async function openChat(page: Page): Promise<FrameLocator> {
  await page.locator('.launcher[data-online]').click();
  return page.frameLocator('iframe');
}

/** Until the server has it, however far it has come by then. */
export async function writeInChat(page: Page, text: string, timeout = 10_000): Promise<void> {
  const frame = page.frameLocator('iframe');
  const area = frame.getByRole('textbox', { name: 'Your message' });
  await area.fill(text);
  await area.press('Enter');
  await frame.locator('.bubble', { hasText: text }).waitFor();
  const sending = frame.locator('.tick[title=Sending]');
  await expect.poll(() => sending.count(), { timeout }).toBe(0);
}

export const readBubbles = (page: Page): Promise<string[]> =>
  page.frameLocator('iframe').locator('.bubble').allTextContents();

const MARK = 'a mark that nobody else says';

/** The visitor's first words, and the conversation that the office knows by them. */
export async function startMarked(
  page: Page,
  office: Office,
): Promise<{ frame: FrameLocator; id: string }> {
  const frame = await openChat(page);
  await writeInChat(page, MARK);
  const { items } = await office.call<{ items: { id: string }[] }>(
    'GET',
    `/api/v1/conversations?q=${encodeURIComponent(MARK)}`,
  );
  return { frame, id: items[0]?.id as string };
}
