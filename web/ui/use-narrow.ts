// Whether the window is so narrow that the styles show one thing at a time.
import { useMediaQuery } from '@mantine/hooks';

/** `width`: as the styles say it. */
export const useNarrow = (width: '48em' | '62em'): boolean =>
  useMediaQuery(`(max-width: ${width})`, false, { getInitialValueInEffect: false });
