import type { ReactNode } from 'react';
import styles from './dead-end.module.css';

/** A page that can only send a person elsewhere: what happened and the next step. */
export function DeadEnd({ icon, title, text, action }: { icon: ReactNode; title: string; text: string; action?: ReactNode }) {
  return (
    <div className={styles.page}>
      <span className={styles.icon} aria-hidden>{icon}</span>
      <h1 className="page-title">{title}</h1>
      <p className={styles.text}>{text}</p>
      {action}
    </div>
  );
}
