import type { Member, Wallet, WalletBalance } from '@wracam/sdk';
import { writeDate } from '@wracam/ui/date-text.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { Link } from 'wouter';
import { mainWallet, useProgram } from '../../api/program.tsx';
import { writeNumber, writePoints, writeUnit } from '../../points/points-words.ts';
import { useWords } from '../../words/words.ts';
import { CodeImage } from '../card/code-image.tsx';
import { usePlaces } from '../../shell/places.ts';
import styles from './hero.module.css';

type HeroProps = { me: Member | null; number: string };

/** The card in the program's colour: who, how much, and the code for the till. Without a member it is the offline card. */
export function Hero({ me, number }: HeroProps) {
  const to = usePlaces();
  const program = useProgram();
  const { home, card, offline } = useWords();
  const main = mainWallet(program);
  const others = program.wallets.filter((wallet) => wallet.code !== main.code);
  return (
    <section className={styles.hero} aria-labelledby="hero-title">
      <div className={styles.text}>
        <h1 id="hero-title" className={styles.name}>{me?.firstName ?? program.name}</h1>
        {me === null && <p className={styles.later}>{offline.balanceLater}</p>}
        {me && <Balance balance={balanceOf(me, main)} wallet={main} large />}
        {me && others.map((wallet) => <Balance key={wallet.code} balance={balanceOf(me, wallet)} wallet={wallet} />)}
      </div>
      <Link href={to.card} className={styles.code}>
        <span className={styles.qr}><CodeImage kind="qr" text={number} label={card.qr(number)} failed={card.noCode} /></span>
        <span className={styles.codeText}>{home.showCard}<br /><span className={styles.number}>{number}</span></span>
      </Link>
      {me && <Notes balances={program.wallets.map((wallet) => ({ wallet, balance: balanceOf(me, wallet) }))} />}
    </section>
  );
}

const EMPTY = { available: 0, pending: 0, held: 0, debt: 0, expiring: [] };

const balanceOf = (me: Member, wallet: Wallet): WalletBalance =>
  me.balances.find((balance) => balance.wallet === wallet.code) ?? { wallet: wallet.code, ...EMPTY };

function Balance({ balance, wallet, large = false }: { balance: WalletBalance; wallet: Wallet; large?: boolean }) {
  const { home } = useWords();
  const lang = useLang();
  return (
    <div className={large ? styles.main : styles.other}>
      {large && <p className={styles.label}>{home.balance}</p>}
      <p className={styles.amount}>
        <span className={styles.figure}>{writeNumber(balance.available, wallet.forms, lang)}</span>{' '}
        <span className={styles.unit}>{writeUnit(balance.available, wallet.forms, lang)}</span>
      </p>
    </div>
  );
}

/** What the figures do not say: points that expire soon, come soon, wait in orders or are owed. */
function Notes({ balances }: { balances: readonly { wallet: Wallet; balance: WalletBalance }[] }) {
  const { home } = useWords();
  const to = usePlaces();
  const lang = useLang();
  const notes = balances.flatMap(({ wallet, balance }) => {
    const write = (points: number) => writePoints(points, wallet.forms, lang);
    const soonest = balance.expiring[0];
    return [
      ...(soonest ? [home.expiring(write(soonest.points), writeDate(soonest.on, lang))] : []),
      ...(balance.pending > 0 ? [home.pending(write(balance.pending))] : []),
      ...(balance.held > 0 ? [home.held(write(balance.held))] : []),
      ...(balance.debt > 0 ? [home.debt(write(balance.debt))] : []),
    ];
  });
  if (notes.length === 0) return null;
  const moreDates = balances.some(({ balance }) => balance.expiring.length > 1);
  return (
    <ul className={styles.notes}>
      {notes.map((note) => <li key={note}>{note}</li>)}
      {moreDates && <li><Link href={to.history} className={styles.more}>{home.allDates}</Link></li>}
    </ul>
  );
}
