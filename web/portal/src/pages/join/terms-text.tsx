import styles from './terms-text.module.css';

/** Plain text of the terms; an empty line parts paragraphs. Always Polish: it is the text that binds. */
export function TermsText({ text }: { text: string }) {
  return (
    <div className={styles.text} lang="pl">
      {text.split(/\n\s*\n/).map((paragraph, at) => <p key={at}>{paragraph}</p>)}
    </div>
  );
}
