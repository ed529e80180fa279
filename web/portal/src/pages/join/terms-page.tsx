import { useProgram } from '../../api/program.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { TermsText } from './terms-text.tsx';

/** The terms in force, for anybody. */
export function TermsPage() {
  const program = useProgram();
  const { termsPage } = useWords();
  return (
    <Page wide title={termsPage.title} text={<span className="quiet">{termsPage.version(program.termsVersion)}</span>}>
      <TermsText text={program.termsText} />
    </Page>
  );
}
