import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

/** Dialogs that are open, the topmost last. */
const open: symbol[] = [];

/**
 * A dialog over the page. Over another one it closes alone: every open dialog hears Escape, and only the topmost may follow it. What had
 * the focus before gets it back.
 */
export function Dialog({ onClose, opened, ...rest }: ModalProps) {
  const words = uiWords(useLang());
  const self = useRef(Symbol('dialog')).current;
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    if (!opened) return undefined;
    open.push(self);
    return () => {
      // Not at once: the dialog below may hear the same key press after this one is gone.
      setTimeout(() => {
        open.splice(open.indexOf(self), 1);
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
      }, 0);
    };
  }, [opened]);
  return <Modal closeButtonProps={{ 'aria-label': words.close }} {...rest} opened={opened} onClose={() => { if (open.at(-1) === self) onClose(); }} />;
}
