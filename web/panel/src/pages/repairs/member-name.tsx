import { useCan, useProgram } from '../../api/program.tsx';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

/** A masked name, and the way to the member for whoever may see members. */
export function MemberName({ member, name }: { member: string; name: string | null }) {
  const w = useWords().repair;
  const { code } = useProgram();
  const can = useCan();
  const text = name ?? w.anonymous;
  return can('members.read') ? <TextLink to="/$program/members/$member" params={{ program: code, member }}>{text}</TextLink> : text;
}
