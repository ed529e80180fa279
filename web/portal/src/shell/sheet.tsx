import { CloseButton } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import styles from './sheet.module.css';

type SheetProps = { opened: boolean; onClose: () => void; title: ReactNode; children: ReactNode };

/** A dialog within the thumb's reach: rises from the bottom of a phone, stands in the middle of a wide screen. */
export function Sheet({ opened, onClose, title, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const words = useWords();
  useEffect(() => {
    const element = dialog.current;
    if (opened && element && !element.open) {
      element.showModal();
      heading.current?.focus(); // a screen reader begins with the title, and nobody meets a ring around the close button
    }
    if (!opened && element?.open) element.close();
  }, [opened]);
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose(); // the darkened page around the sheet
      }}
    >
      {opened && (
        <div className={styles.inside}>
          <div className={styles.head}>
            <h2 ref={heading} tabIndex={-1} id={titleId} className={styles.title}>{title}</h2>
            <CloseButton className={styles.close} size={44} radius="xl" aria-label={words.close} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
