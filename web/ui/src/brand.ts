import type { MantineColorsTuple } from '@mantine/core';

/** WCAG 2.2, 1.4.3: text against what is behind it. */
const TEXT_CONTRAST = 4.5;
/** A filled surface must stand out from the page, or a white brand would be a white button on white. */
const SURFACE_CONTRAST = 1.3;
/** Colour steps between "as it is" and black or white. */
const STEPS = 256;

const INK = '#26231f';
const WHITE = '#ffffff';

type Rgb = readonly [red: number, green: number, blue: number];

/** What a program's colour becomes in one scheme. Every pair named here is readable at AA. */
export type BrandPaint = {
  /** Filled surfaces: the card, main buttons. */
  readonly fill: string;
  /** Text on `fill` and on `fillHover`. */
  readonly onFill: string;
  readonly fillHover: string;
  /** The brand as text or icon on the page and on raised surfaces. */
  readonly text: string;
  /** A quiet tint of the page; `text` is readable on it. */
  readonly soft: string;
};

/** The darkest and the lightest surface that brand text stands on in each scheme; the tint lies between them and the brand. */
const grounds = {
  light: { page: '#faf9f7', extreme: '#f4f2ee', toward: [0, 0, 0] as Rgb },
  dark: { page: '#191714', extreme: '#2b2824', toward: [255, 255, 255] as Rgb },
} as const;

const isHex = (color: string) => /^#[0-9a-f]{6}$/i.test(color);
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const hex = (color: Rgb) => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
const mix = (from: Rgb, to: Rgb, step: number): Rgb =>
  from.map((part, at) => Math.round(part + ((to[at] ?? 0) - part) * step / STEPS)) as unknown as Rgb;

/** Relative luminance of '#rrggbb', 0 to 1 (WCAG 2.2). */
export function luminanceOf(color: string): number {
  const [red, green, blue] = rgb(color).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours '#rrggbb', 1 to 21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The colour nearest to `color` on its way to `toward` that `passes`; `toward` itself when nothing on the way does. */
function nearest(color: string, toward: Rgb, passes: (candidate: string) => boolean): string {
  for (let step = 0; step < STEPS; step += 1) {
    const candidate = hex(mix(rgb(color), toward, step));
    if (passes(candidate)) return candidate;
  }
  return hex(toward);
}

const readable = (text: string, ground: string) => contrastOf(text, ground) >= TEXT_CONTRAST;
const onto = (fill: string): string | undefined => [WHITE, INK].find((text) => readable(text, fill));

/**
 * The organiser's colour made readable by computation: as near to what was asked as contrast allows, in both schemes.
 * Anything that is not '#rrggbb' becomes the house's green.
 */
export function paintBrand(color: string, scheme: 'light' | 'dark'): BrandPaint {
  const asked = isHex(color) ? color.toLowerCase() : '#1a5638';
  const { page, extreme, toward } = grounds[scheme];
  const fill = nearest(asked, toward, (one) => contrastOf(one, page) >= SURFACE_CONTRAST && onto(one) !== undefined);
  const onFill = onto(fill) ?? WHITE;
  // Away from its own text, so that hovering never costs contrast.
  const fillHover = hex(mix(rgb(fill), onFill === WHITE ? [0, 0, 0] : [255, 255, 255], 26));
  const soft = hex(mix(rgb(page), rgb(asked), scheme === 'light' ? 20 : 64));
  const text = nearest(asked, toward, (one) => [page, extreme, soft].every((ground) => readable(one, ground)));
  return { fill, onFill, fillHover, text, soft };
}

/** Ten shades for Mantine: the light scheme fills with the ninth, the dark one with the eighth, as in our theme. */
export function brandShades(color: string): MantineColorsTuple {
  const light = paintBrand(color, 'light');
  const dark = paintBrand(color, 'dark');
  const tint = (step: number) => hex(mix([255, 255, 255], rgb(light.fill), step));
  return [tint(16), tint(34), tint(60), tint(90), dark.text, tint(150), tint(190), dark.fill, light.fill, light.fillHover];
}
