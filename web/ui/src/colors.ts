import type { MantineColorsTuple } from '@mantine/core';

/** Deep green: the house's own colour, for what a person can do. */
export const forest: MantineColorsTuple = [
  '#eef7f1', '#dbeee2', '#b9dcc6', '#91c6a6', '#66ad84', '#459669', '#2f8055', '#246b46', '#1a5638', '#10402a',
];

/** Amber: points, and nothing else. */
export const amber: MantineColorsTuple = [
  '#fff8e8', '#fdeecd', '#fadb98', '#f5c45f', '#efb03a', '#de9716', '#c07d0c', '#925c0a', '#79490a', '#583509',
];

/** Red: harm only (a refusal, a deletion, a fault). */
export const red: MantineColorsTuple = [
  '#fdf1ef', '#fadfdb', '#f3b9b1', '#ec9185', '#e87a6c', '#d44a39', '#bd3626', '#a02a1c', '#8a2418', '#661a11',
];

/** Warm greys of the light scheme. */
export const gray: MantineColorsTuple = [
  '#faf9f7', '#f4f2ee', '#e9e5df', '#dad5cc', '#c4bdb2', '#9b9387', '#79726a', '#5d5750', '#403c37', '#2a2724',
];

/** Warm greys of the dark scheme: 0 is text, 7 the page. */
export const dark: MantineColorsTuple = [
  '#ece8e2', '#cdc7be', '#b0a89d', '#8f877c', '#4f4a43', '#3a3631', '#2b2824', '#211e1b', '#191714', '#12100e',
];
