import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

/** Dialogs that are open, the topmost last. */
const open: symbol[] = [];
/** Presses that closed a dialog: one below may hear the same press after the one above is gone. */
const spent = new WeakSet<Event>();

/**
 * A dialog over the page. Over another one it closes alone: every open dialog hears Escape, and only the topmost may follow it. What had
 * the focus before gets it back.
 */
export function Dialog({ onClose, opened, ...rest }: ModalProps) {
  const words = uiWords(useLang());
  const self = useRef(Symbol('dialog')).current;
  const [before] = useState(() => document.activeElement);
  // With the dialog itself, and not a moment later: the next press on a busy page comes in that moment.
  useLayoutEffect(() => {
    if (!opened) return undefined;
    open.push(self);
    return () => { open.splice(open.indexOf(self), 1); };
  }, [opened]);
  useEffect(() => {
    if (!opened) return undefined;
    return () => {
      setTimeout(() => { // after the focus has been taken off what is gone
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
      }, 0);
    };
  }, [opened]);
  const close = () => {
    const press = window.event;
    if (open.at(-1) !== self || (press && spent.has(press))) return;
    if (press) spent.add(press);
    onClose();
  };
  return <Modal closeButtonProps={{ 'aria-label': words.close }} {...rest} opened={opened} onClose={close} />;
}
