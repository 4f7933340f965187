// Whoever has chosen light or dark in the back office has chosen it here too: both have one origin.
const CHOSEN = 'mantine-color-scheme-value';

export function followOffice(): void {
  paint();
  addEventListener('storage', ({ key }) => key === CHOSEN && paint());
}

function paint(): void {
  const chosen = read();
  // Without a choice it is as the system wishes.
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.scheme = chosen;
  else delete document.documentElement.dataset.scheme;
}

function read(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}
