// Draws the launcher and the frame, out of reach of the page's styles and within any page's policy.
import type { BootOptions, Look } from '../frame-messages.ts';
import { launcherStyles } from './launcher-styles.ts';

export interface Drawing {
  /** To be put on the page. */
  host: HTMLElement;
  frame: HTMLIFrameElement;
  paint(look: Look): void;
  show(open: boolean, fullScreen: boolean): void;
  hide(hidden: boolean): void;
}

const bubble =
  'M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21l4.2-1.9c1.2.4 2.5.6 3.8.6 5.5 0 10-3.7 10-8.2S17.5 3 12 3z';
const down = 'M6.7 8.3 12 13.6l5.3-5.3 1.4 1.4L12 16.4 5.3 9.7z';

export function drawLauncher(address: string, options: BootOptions, onPress: () => void): Drawing {
  const { host, box, frame, text, button, badge } = buildParts();
  let look: Look | null = null;
  let isOpen = false;

  button.addEventListener('click', onPress);
  text.addEventListener('click', onPress);
  box.dataset.side = options.position ?? 'right';
  label();
  // Its sound may follow a press on the page around it.
  frame.allow = 'autoplay';
  frame.src = address;

  function label(): void {
    const words = look?.labels ?? { open: 'Open chat', close: 'Close chat', frame: 'Chat' };
    button.setAttribute('aria-label', isOpen ? words.close : words.open);
    button.setAttribute('aria-expanded', String(isOpen));
    frame.title = words.frame;
  }

  function paint(next: Look): void {
    look = next;
    box.dataset.side = look.position;
    const online = look.presence !== 'away';
    box.style.setProperty('--colour', online ? look.colour : '#667085');
    box.style.setProperty('--on-colour', online ? readableOn(look.colour) : '#fff');
    button.dataset.online = String(online);
    button.dataset.presence = look.presence;
    badge.textContent = look.unread > 9 ? '9+' : String(look.unread);
    badge.hidden = look.unread === 0;
    text.dir = 'auto';
    text.textContent = look.launcherText;
    text.hidden = look.launcherText === '';
    label();
  }

  function show(open: boolean, fullScreen: boolean): void {
    const wasOpen = isOpen;
    isOpen = open;
    box.dataset.open = String(open);
    box.dataset.full = String(fullScreen);
    // The page behind a full screen does not scroll.
    document.documentElement.style.overflow = open && fullScreen ? 'hidden' : '';
    label();
    if (open) frame.focus();
    else if (wasOpen) button.focus({ preventScroll: true });
  }

  function hide(hidden: boolean): void {
    box.dataset.hidden = String(hidden);
  }

  return { host, frame, paint, show, hide };
}

function buildParts() {
  // No name that a page's own styles or scripts look for.
  const host = document.createElement('usher-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  // Unlike a style element, a constructed sheet needs no leave from the page's policy.
  sheet.replaceSync(launcherStyles);
  root.adoptedStyleSheets = [sheet];
  const box = append(root, 'div', 'box');
  const frame = append(box, 'iframe', 'frame');
  const text = append(box, 'span', 'text');
  const button = append(box, 'button', 'launcher');
  button.type = 'button';
  button.append(icon(bubble, 'bubble'), icon(down, 'down'));
  const badge = append(button, 'span', 'badge');
  badge.hidden = true;
  text.hidden = true;
  return { host, box, frame, text, button, badge };
}

function append<K extends keyof HTMLElementTagNameMap>(
  parent: Node,
  tag: K,
  name: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  parent.appendChild(element);
  return element;
}

function icon(path: string, name: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', name);
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** White where it can be read on the colour, else nearly black: as in the chat (`browser/make-accent`). */
function readableOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.183 ? '#101828' : '#fff';
}
