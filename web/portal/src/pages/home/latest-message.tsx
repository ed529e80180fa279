import { Link } from 'wouter';
import { useMyMessages } from '../../api/me.ts';
import { usePlaces } from '../../shell/places.ts';
import { useWords } from '../../words/words.ts';
import styles from '../messages/messages-page.module.css';

/** The newest thing that the program wrote, with the way to all of them; nothing while it wrote nothing. */
export function LatestMessage() {
  const to = usePlaces();
  const { messages: words } = useWords();
  const newest = useMyMessages().data?.pages[0]?.items[0];
  if (!newest) return null;
  return (
    <section className="panel stack" aria-labelledby="message-title">
      <h2 id="message-title" className="panel-title">{words.latest}</h2>
      <div>
        <h3 className={styles.subject}>{newest.subject}</h3>
        <p className={`${styles.text} ${styles.beginning}`}>{newest.text}</p>
      </div>
      <p><Link className="text-link" href={to.messages}>{words.all}</Link></p>
    </section>
  );
}
