import { Button, TextInput } from '@mantine/core';
import { normalCode, printedCode } from '@wracam/engine/package-code';
import { useLang } from '@wracam/ui/lang.tsx';
import { useState } from 'react';
import { Link } from 'wouter';
import { useRedeemCode } from '../../api/me.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writeSignedPoints } from '../../points/points-words.ts';
import { Notice } from '../../shell/notice.tsx';
import { usePlaces } from '../../shell/places.ts';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';

/** A code from a package: typed in once, checked for mistakes right here, used up on the server. */
export function EnterCodePage() {
  const { enterCode } = useWords();
  return (
    <Page title={enterCode.title} text={enterCode.text}>
      <SignedIn>{() => <CodeForm />}</SignedIn>
    </Page>
  );
}

function CodeForm() {
  const to = usePlaces();
  const program = useProgram();
  const { enterCode } = useWords();
  const lang = useLang();
  const redeem = useRedeemCode();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const code = normalCode(text);
  const isRepeat = redeem.data?.duplicate ?? false;
  const awards = isRepeat ? [] : redeem.data?.awards ?? [];
  return (
    <form
      className="panel stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (code === null) return;
        redeem.mutate(printedCode(code), { onSuccess: () => { setText(''); setTried(false); } });
      }}
    >
      <TextInput
        label={enterCode.code} description={enterCode.hint} size="md" autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={40} placeholder="ABCD-EFGH-JKMN"
        value={text} onChange={(event) => setText(event.currentTarget.value)} error={tried && code === null ? enterCode.wrong : undefined}
      />
      {redeem.isError && <Notice error={redeem.error} />}
      <div aria-live="polite">
        {redeem.isSuccess && awards.map((award, at) => <p key={at} className="panel-title">{writeSignedPoints(award.points, walletOf(program, award.wallet).forms, lang)}</p>)}
        {redeem.isSuccess && <p>{isRepeat ? enterCode.again : awards.length === 0 ? enterCode.noPoints : enterCode.done} <Link className="text-link" href={to.history}>{enterCode.history}</Link></p>}
      </div>
      <Button type="submit" size="md" fullWidth loading={redeem.isPending}>{enterCode.action}</Button>
    </form>
  );
}
