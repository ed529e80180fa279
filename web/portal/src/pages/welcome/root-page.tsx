import { IconQrcode } from '@tabler/icons-react';
import { Redirect } from 'wouter';
import { lastProgram } from '../../session/remembered-card.ts';
import { useTitle } from '../../shell/title.ts';
import { useWords } from '../../words/words.ts';
import { DeadEnd } from '../../shell/dead-end.tsx';
import { placesOf } from '../../shell/places.ts';

/** The address without a program, where the installed app starts: on to the program opened last. */
export function RootPage() {
  const { root } = useWords();
  useTitle(root.title);
  const known = lastProgram();
  if (known) return <Redirect href={placesOf(known).home} replace />;
  return <main><DeadEnd icon={<IconQrcode />} title={root.title} text={root.text} /></main>;
}
