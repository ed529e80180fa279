import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { cssVariables, theme } from './theme.ts';

const AA = 4.5;
const resolved: Record<'variables' | 'light' | 'dark', Record<string, string>> = cssVariables(mergeMantineTheme(DEFAULT_THEME, theme));

/** The hex behind a variable in a scheme, following `var(…)`. */
function color(name: string, scheme: 'light' | 'dark'): string {
  const value = resolved[scheme][name] ?? resolved.variables[name] ?? '';
  const reference = /^var\((--[\w-]+)\)$/.exec(value);
  return reference?.[1] ? color(reference[1], scheme) : value;
}

function channels(value: string): number[] {
  const rgb = /^rgba?\((\d+), (\d+), (\d+)/.exec(value);
  if (rgb) return rgb.slice(1, 4).map(Number);
  const hex = value.replace('#', '');
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(value: string): number {
  const [r = 0, g = 0, b = 0] = channels(value).map((c) => {
    const part = c / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['--mantine-color-body', '--wracam-page', '--wracam-raised', '--mantine-color-default'];
const texts = [
  '--mantine-color-text', '--mantine-color-dimmed', '--mantine-color-placeholder', '--mantine-color-error', '--mantine-color-success',
  '--mantine-color-anchor', '--wracam-points', '--mantine-color-forest-text', '--mantine-color-amber-text', '--mantine-color-red-text',
];
const colors = ['forest', 'amber', 'red', 'gray'];

describe.each(['light', 'dark'] as const)('%s scheme', (scheme) => {
  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface])))('%s on %s is AA', (text, surface) => {
    expect(contrast(color(text ?? '', scheme), color(surface ?? '', scheme))).toBeGreaterThanOrEqual(AA);
  });
  it.each(colors)('a light badge in %s is AA', (name) => {
    const pair = [color(`--mantine-color-${name}-light-color`, scheme), color(`--mantine-color-${name}-light`, scheme)] as const;
    expect(contrast(...pair)).toBeGreaterThanOrEqual(AA);
  });
  it.each(['forest', 'amber', 'red'])('white on filled %s is AA', (name) => {
    expect(contrast('#ffffff', color(`--mantine-color-${name}-filled`, scheme))).toBeGreaterThanOrEqual(AA);
  });
});
