import { useEffect, useState } from 'react';
import styles from './code-image.module.css';

type CodeImageProps = { kind: 'qr' | 'barcode'; text: string; label: string; failed: string };

/** A scannable picture, always black on white. The drawing code comes when it is first needed. */
export function CodeImage({ kind, text, label, failed }: CodeImageProps) {
  const [picture, setPicture] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    let wanted = true;
    import('./draw.ts')
      .then(({ drawBarcode, drawQr }) => {
        if (wanted) setPicture(kind === 'qr' ? drawQr(text) : drawBarcode(text));
      })
      .catch(() => {
        if (wanted) setBroken(true);
      });
    return () => {
      wanted = false;
    };
  }, [kind, text]);
  if (broken) return <p className={styles.failed} role="alert">{failed}</p>;
  return (
    <div className={`${styles.frame} ${kind === 'qr' ? styles.qr : styles.barcode}`} aria-busy={picture === null}>
      {picture !== null && <img src={picture} alt={label} className={styles.picture} />}
    </div>
  );
}
