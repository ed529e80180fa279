import { createTheme, defaultCssVariablesResolver, type CSSVariablesResolver } from '@mantine/core';
import { amber, dark, forest, gray, red } from './colors.ts';

const FONT = "'Nunito Sans Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

// The list of options scrolls by itself: the arrows move in it, while a scrolling box around it could not be reached by keyboard.
const scrollingOptions = { options: { maxHeight: 240, overflowY: 'auto' } } as const;

/** The one theme of panel, portal and till. Shades 8 and 7 with `autoContrast` keep every filled surface at AA. */
export const theme = createTheme({
  colors: { forest, amber, red, gray, dark },
  primaryColor: 'forest',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  white: '#ffffff',
  black: '#26231f',
  fontFamily: FONT,
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '16px', xl: '28px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontFamily: FONT,
    fontWeight: '750',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.2' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.35' },
    },
  },
  components: {
    Paper: { defaultProps: { radius: 'md' } },
    Card: { defaultProps: { radius: 'md', withBorder: true, padding: 'lg' } },
    // Their <header> would count as a second banner of the page.
    Modal: { defaultProps: { centered: true, radius: 'lg', attributes: { header: { role: 'presentation' } } } },
    Drawer: { defaultProps: { position: 'right', size: 'lg', attributes: { header: { role: 'presentation' } } } },
    // Lists and menus stay beside what opened them: in a portal they would lie outside the landmarks of the page.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Select: { defaultProps: { comboboxProps: { withinPortal: false }, withScrollArea: false, styles: scrollingOptions } },
    MultiSelect: { defaultProps: { comboboxProps: { withinPortal: false }, withScrollArea: false, styles: scrollingOptions } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 650 } },
    Button: { defaultProps: { radius: 'md' } },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
  },
});

/** The same variables as Mantine's own, with the texts that miss AA on our surfaces made darker (light) or lighter (dark). */
export const cssVariables: CSSVariablesResolver = (resolved) => {
  const base = defaultCssVariablesResolver(resolved);
  return {
    variables: { ...base.variables },
    light: {
      ...base.light,
      '--mantine-color-dimmed': gray[7],
      '--mantine-color-placeholder': gray[6],
      '--mantine-color-error': red[7],
      '--mantine-color-success': forest[7],
      '--mantine-color-disabled-color': gray[6],
      '--mantine-color-default-border': gray[3],
      '--wracam-page': gray[0],
      '--wracam-raised': '#ffffff',
      '--wracam-line': gray[2],
      '--wracam-points': amber[7],
    },
    dark: {
      ...base.dark,
      '--mantine-color-dimmed': dark[2],
      '--mantine-color-placeholder': '#a0988c',
      '--mantine-color-error': red[4],
      '--mantine-color-success': forest[4],
      '--mantine-color-disabled-color': dark[3],
      '--wracam-page': dark[8],
      '--wracam-raised': dark[7],
      '--wracam-line': dark[5],
      '--wracam-points': amber[4],
    },
  };
};
