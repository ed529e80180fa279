import type { ReactNode } from 'react';
import { useProgram } from '../api/program.tsx';
import { useTitle } from './title.ts';

/** A page under its title, which names it in the tab too; `text`: what it is for, in a sentence. */
export function Page({ title, text, wide = false, children }: { title: string; text?: ReactNode; wide?: boolean; children: ReactNode }) {
  const program = useProgram();
  useTitle(title, program.name);
  return (
    <div className={wide ? 'wide' : 'narrow'}>
      <header className="page-head">
        <h1 className="page-title">{title}</h1>
        {text && <p>{text}</p>}
      </header>
      {children}
    </div>
  );
}
