import { Link } from 'wouter';
import { useMyWays } from '../../api/me.ts';
import { useProgram } from '../../api/program.tsx';
import { usePlaces } from '../../shell/places.ts';
import { useWords } from '../../words/words.ts';

/** Ways to more points beside purchases, and to give some away; nothing while there are none. */
export function MorePoints() {
  const to = usePlaces();
  const { ways } = useWords();
  const open = useMyWays().data;
  const given = useProgram().wallets.some((wallet) => wallet.transfers !== null);
  const links = [...(open?.codes ? [[to.enterCode, ways.code] as const] : []), ...(open && open.reports.length > 0 ? [[to.report, ways.report] as const] : []), ...(open?.invitation ? [[to.invite, ways.invite] as const] : []), ...(given ? [[to.give, ways.give] as const] : [])];
  if (links.length === 0) return null;
  return (
    <section className="panel stack" aria-labelledby="ways-title">
      <h2 id="ways-title" className="panel-title">{ways.title}</h2>
      {links.map(([href, words]) => <p key={href}><Link className="text-link" href={href}>{words}</Link></p>)}
    </section>
  );
}
