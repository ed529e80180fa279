import { defaultVariantColorsResolver, MantineProvider, mergeThemeOverrides, type CSSVariablesResolver, type VariantColorsResolver } from '@mantine/core';
import { brandShades, paintBrand, type BrandPaint } from '@wracam/ui/brand.ts';
import { styleNonce } from '@wracam/ui/style-nonce.ts';
import { cssVariables, theme } from '@wracam/ui/theme.ts';
import { useEffect, useMemo, type ReactNode } from 'react';

/** Between "white is readable" (0.183) and "ink is readable" (0.252): `paintBrand` leaves no fill in that gap. */
const LUMINANCE_THRESHOLD = 0.21;

const variantColorResolver: VariantColorsResolver = (input) => {
  if (input.color !== undefined && input.color !== 'brand') return defaultVariantColorsResolver(input);
  if (input.variant === 'filled') return { background: 'var(--brand-fill)', hover: 'var(--brand-fill-hover)', color: 'var(--brand-on-fill)', border: 'none' };
  if (input.variant === 'light') return { background: 'var(--brand-soft)', hover: 'var(--brand-soft)', color: 'var(--brand-text)', border: 'none' };
  if (input.variant === 'subtle') return { background: 'transparent', hover: 'var(--brand-soft)', color: 'var(--brand-text)', border: 'none' };
  return defaultVariantColorsResolver(input);
};

const paintVariables = (paint: BrandPaint) => ({
  '--brand-fill': paint.fill,
  '--brand-on-fill': paint.onFill,
  '--brand-fill-hover': paint.fillHover,
  '--brand-text': paint.text,
  '--brand-soft': paint.soft,
  '--mantine-color-anchor': paint.text,
});

const variablesOf = (color: string): CSSVariablesResolver => (resolved) => {
  const base = cssVariables(resolved);
  return {
    variables: base.variables,
    light: { ...base.light, ...paintVariables(paintBrand(color, 'light')) },
    dark: { ...base.dark, ...paintVariables(paintBrand(color, 'dark')) },
  };
};

/** Dresses everything inside in the program's colour, corrected so that nothing falls below AA; the browser's own bar too. */
export function BrandProvider({ color, children }: { color: string; children: ReactNode }) {
  const branded = useMemo(() => mergeThemeOverrides(theme, {
    colors: { brand: brandShades(color) }, primaryColor: 'brand', luminanceThreshold: LUMINANCE_THRESHOLD, variantColorResolver,
  }), [color]);
  const variables = useMemo(() => variablesOf(color), [color]);
  useEffect(() => {
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paintBrand(color, 'light').fill);
  }, [color]);
  return <MantineProvider theme={branded} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={styleNonce}>{children}</MantineProvider>;
}
