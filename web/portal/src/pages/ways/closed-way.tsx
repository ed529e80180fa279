import { Link } from 'wouter';
import { usePlaces } from '../../shell/places.ts';
import { useWords } from '../../words/words.ts';

/** A way to points that is not open, and where to go instead. */
export function ClosedWay({ text }: { text: string }) {
  const to = usePlaces();
  const { ways } = useWords();
  return (
    <div className="panel stack">
      <p>{text}</p>
      <p><Link className="text-link" href={to.rewards}>{ways.rewards}</Link></p>
    </div>
  );
}
