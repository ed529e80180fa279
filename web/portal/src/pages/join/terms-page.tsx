import { useProgram } from '../../api/program.tsx';
import { useTitle } from '../../shell/title.ts';
import { useWords } from '../../words/words.ts';
import { TermsText } from './terms-text.tsx';

/** The terms in force, for anybody. */
export function TermsPage() {
  const program = useProgram();
  const { termsPage } = useWords();
  useTitle(termsPage.title, program.name);
  return (
    <article className="wide">
      <header className="page-head">
        <h1 className="page-title">{termsPage.title}</h1>
        <p className="quiet">{termsPage.version(program.termsVersion)}</p>
      </header>
      <TermsText text={program.termsText} />
    </article>
  );
}
