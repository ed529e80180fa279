import { ActionIcon, Anchor, Button, NavLink, type ActionIconProps, type AnchorProps, type ButtonProps, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type A = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style'> & { ref?: Ref<HTMLAnchorElement> };

const AnchorBase = (props: AnchorProps & A) => <Anchor {...props} />;
const ButtonBase = (props: ButtonProps & A) => <Button component="a" {...props} />;
const ActionBase = (props: ActionIconProps & A) => <ActionIcon component="a" {...props} />;
const NavBase = (props: NavLinkProps & A) => <NavLink component="a" {...props} />;
const RowBase = (props: A) => <a {...props} className="wracam-row-link" />;

/** A link in text. */
export const TextLink = createLink(AnchorBase);
/** A link that looks like a button: it leads somewhere, it does not act. */
export const ButtonLink = createLink(ButtonBase);
/** A link that is only an icon; give it an aria-label. */
export const IconLink = createLink(ActionBase);
/** An entry of the navigation. */
export const MenuLink = createLink(NavBase);
/** The link of a table row: the whole row is its target. */
export const RowLink = createLink(RowBase);
