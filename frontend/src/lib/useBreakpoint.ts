import { useMediaQuery } from '@mantine/hooks';
import widths from './breakpoints.json';

/** Whether the window is at most that wide. Stylesheets take the same widths, as `(--upto-…)`. */
export const useBreakpoint = (width: keyof typeof widths): boolean =>
  useMediaQuery(`(max-width: ${widths[width]})`, false, { getInitialValueInEffect: false });
