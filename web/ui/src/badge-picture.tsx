import { IconBolt, IconCake, IconCoffee, IconCrown, IconFlame, IconGift, IconHeart, IconLeaf, IconMap2, IconMoon, IconStar, IconSun, type Icon } from '@tabler/icons-react';

export const BADGE_SHAPES = ['circle', 'shield', 'hexagon', 'flower', 'star', 'ribbon'] as const;
export const BADGE_ICONS = ['cup', 'cake', 'heart', 'star', 'flame', 'crown', 'leaf', 'bolt', 'gift', 'map', 'sun', 'moon'] as const;
export const BADGE_COLORS = ['amber', 'orange', 'rose', 'violet', 'blue', 'teal', 'green', 'slate'] as const;
export type BadgeFace = { readonly shape: (typeof BADGE_SHAPES)[number]; readonly icon: (typeof BADGE_ICONS)[number]; readonly color: (typeof BADGE_COLORS)[number] };

const icons: Record<BadgeFace['icon'], Icon> = {
  cup: IconCoffee, cake: IconCake, heart: IconHeart, star: IconStar, flame: IconFlame, crown: IconCrown, leaf: IconLeaf, bolt: IconBolt, gift: IconGift, map: IconMap2, sun: IconSun, moon: IconMoon,
};
/** Body and edge; white drawn on the body has at least 4.5:1. */
const colors: Record<BadgeFace['color'], readonly [body: string, edge: string]> = {
  amber: ['#8f5a00', '#d99a2b'], orange: ['#a8430b', '#ee8a4a'], rose: ['#a61e4d', '#e8799c'], violet: ['#5f3dc4', '#9f86ee'], blue: ['#1c5aa8', '#6ea8ea'], teal: ['#0b6b66', '#4db6ac'], green: ['#2b6a2f', '#7cbb7f'], slate: ['#3d4a57', '#8d9aa8'],
};

/** Points on a circle around the middle of a picture of 100 by 100. */
const around = (count: number, radiusAt: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => { const turn = (at / count) * 2 * Math.PI - Math.PI / 2; return `${50 + radiusAt(at) * Math.cos(turn)},${50 + radiusAt(at) * Math.sin(turn)}`; }).join(' ');

function Body({ shape, fill, stroke }: { shape: BadgeFace['shape']; fill: string; stroke: string }) {
  const paint = { fill, stroke, strokeWidth: 5, strokeLinejoin: 'round' as const };
  switch (shape) {
    case 'circle': return <circle cx={50} cy={50} r={44} {...paint} />;
    case 'shield': return <path d="M50 5 L90 18 V50 C90 74 72 88 50 96 C28 88 10 74 10 50 V18 Z" {...paint} />;
    case 'hexagon': return <polygon points={around(6, () => 46)} {...paint} />;
    case 'flower': return <polygon points={around(24, (at) => (at % 3 === 0 ? 39 : 46))} {...paint} />;
    case 'star': return <polygon points={around(16, (at) => (at % 2 === 0 ? 48 : 38))} {...paint} />;
    case 'ribbon': return <><path d="M32 60 L24 97 L50 84 L76 97 L68 60 Z" fill={stroke} /><circle cx={50} cy={44} r={39} {...paint} /></>;
  }
}

/** A badge drawn from its shape, icon and colour. With a `label` it is a picture; without one its name stands beside it. */
export function BadgePicture({ face, size = 56, label, faded = false }: { face: BadgeFace; size?: number; label?: string; faded?: boolean }) {
  const [fill, stroke] = colors[face.color];
  const Drawn = icons[face.icon];
  return (
    <svg viewBox="0 0 100 100" width={size} height={size} {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })} style={{ flexShrink: 0, opacity: faded ? 0.35 : 1 }}>
      <Body shape={face.shape} fill={fill} stroke={stroke} />
      <Drawn x={28} y={face.shape === 'ribbon' ? 22 : 28} width={44} height={44} color="#fff" stroke={1.6} />
    </svg>
  );
}
