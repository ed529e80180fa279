import { IconGift, IconHistory, IconHome, IconQrcode, IconUser } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../words/words.ts';
import { usePlaces } from './places.ts';
import styles from './tab-bar.module.css';

/** The five places a member goes to: at the thumb on a phone, in the header of a wide screen. */
export function TabBar() {
  const to = usePlaces();
  const [path] = useLocation();
  const isAt = (href: string) => (href === to.home ? path === href : path.startsWith(href));
  const { tabs } = useWords();
  const places = [
    { href: to.home, name: tabs.home, icon: IconHome },
    { href: to.rewards, name: tabs.rewards, icon: IconGift },
    { href: to.card, name: tabs.card, icon: IconQrcode },
    { href: to.history, name: tabs.history, icon: IconHistory },
    { href: to.profile, name: tabs.profile, icon: IconUser },
  ] as const;
  return (
    <nav className={styles.bar} aria-label={tabs.label}>
      <ul className={styles.list}>
        {places.map(({ href, name, icon: Icon }) => (
          <li key={href} className={styles.item}>
            <Link href={href} className={styles.tab} aria-current={isAt(href) ? 'page' : undefined} data-active={isAt(href) || undefined}>
              <span className={styles.icon}><Icon size="1.5rem" stroke={1.75} aria-hidden /></span>
              <span className={styles.label}>{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
