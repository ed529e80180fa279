import { Alert, Text } from '@mantine/core';
import { ErrorNotice, useLang, writeInstant } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import { useRepairAnswer } from '../../api/repairs.ts';
import type { Repair } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { Answers } from '../rules/publication.tsx';

/** A step that waits for another person, with the two things that can be done about it. */
export function Proposed({ repair }: { repair: Repair }) {
  return repair.proposal ? <Waiting repair={repair} proposal={repair.proposal} /> : null;
}

function Waiting({ repair, proposal }: { repair: Repair; proposal: NonNullable<Repair['proposal']> }) {
  const { repair: w, publishing } = useWords();
  const lang = useLang();
  const { timeZone } = useProgram();
  const answer = useRepairAnswer(repair.id);
  const give = (agree: boolean, said: string) => answer.mutate({ agree, step: proposal.step }, { onSuccess: () => toast(said) });
  return (
    <Alert variant="light" title={w.waits[proposal.step]}>
      <Text size="sm">{publishing.proposed(proposal.by, writeInstant(proposal.at, timeZone, lang))} {w.reason}: {proposal.reason}</Text>
      {answer.error && <ErrorNotice error={answer.error} />}
      <Answers yours={proposal.yours} busy={answer.isPending} onApprove={() => give(true, publishing.approved)} onDecline={() => give(false, w.declined)} />
    </Alert>
  );
}
