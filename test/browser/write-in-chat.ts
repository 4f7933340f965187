// What a visitor does in the widget's chat, on any page that has it.
import type { FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';

export async function openChat(page: Page): Promise<FrameLocator> {
  await page.locator('.launcher[data-online]').click();
  return page.frameLocator('iframe');
}

/** Until the server has it, however far it has come by then. */
export async function writeInChat(page: Page, text: string): Promise<void> {
  const frame = page.frameLocator('iframe');
  const area = frame.getByRole('textbox', { name: 'Your message' });
  await area.fill(text);
  await area.press('Enter');
  await frame.locator('.bubble', { hasText: text }).waitFor();
  await expect.poll(() => frame.locator('.tick[title=Sending]').count()).toBe(0);
}

export const readBubbles = (page: Page): Promise<string[]> =>
  page.frameLocator('iframe').locator('.bubble').allTextContents();
