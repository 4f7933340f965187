// A pointer that is moved and let go before the screen draws again, as a quick hand does on a busy machine.
import type { Locator } from 'playwright-core';

/** Holds a grip by its middle and lets it go at a point of the page, in pixels. */
export async function pullInOneTask(
  grip: Locator,
  place: (from: { x: number; y: number }) => { x: number; y: number },
): Promise<void> {
  const page = grip.page();
  await grip.hover();
  await page.mouse.down();
  const box = await grip.boundingBox();
  if (box === null) throw new Error('There is no such grip.');
  const to = place({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await grip.evaluate((element, { x, y }) => {
    const at = { bubbles: true, clientX: x, clientY: y, pointerId: 1 };
    element.dispatchEvent(new PointerEvent('pointermove', at));
    element.dispatchEvent(new PointerEvent('pointerup', at));
  }, to);
  await page.mouse.up();
}
