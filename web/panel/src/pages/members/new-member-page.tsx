import { Paper } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { PageHeader } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { NewMemberForm } from './new-member-form.tsx';

/** Somebody joins, and their page comes next. */
export function NewMemberPage() {
  const w = useWords();
  const { code } = useProgram();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={w.newMember.title}
        text={w.newMember.text}
        back={<TextLink to="/$program/members" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.members.title}</TextLink>}
      />
      <Paper withBorder p="lg" maw={640}>
        <NewMemberForm onAdded={(member) => void navigate({ to: '/$program/members/$member', params: { program: code, member: member.id } })} />
      </Paper>
    </>
  );
}
