import { IconMapPinOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useWords } from '../../words/words.ts';
import { lastProgram } from '../../session/remembered-card.ts';
import { DeadEnd } from '../../shell/dead-end.tsx';
import { placesOf } from '../../shell/places.ts';

/** An address that leads nowhere. */
export function LostPage() {
  const { lost } = useWords();
  const known = lastProgram();
  return (
    <DeadEnd
      icon={<IconMapPinOff />}
      title={lost.title}
      text={lost.text}
      action={known ? <Link className="text-link" href={placesOf(known).home}>{lost.action}</Link> : undefined}
    />
  );
}
