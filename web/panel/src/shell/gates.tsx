import { Box, Center, Container } from '@mantine/core';
import { Navigate, Outlet, useMatches, useParams, type ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState, ErrorNotice, SkeletonList } from '@wracam/ui';
import { IconLock, IconMapOff } from '@tabler/icons-react';
import { useState } from 'react';
import { ProgramProvider, useCan, useProgram, useProgramQuery } from '../api/program.tsx';
import { useMe } from '../api/session.ts';
import { useWords } from '../words/words.tsx';
import { AppFrame } from './app-frame.tsx';
import { ButtonLink } from './links.tsx';
import { lastProgram, rememberProgram } from './last-program.ts';
import { needOf } from './page-needs.ts';

const Waiting = () => <Container size="sm" py="xl"><SkeletonList rows={5} /></Container>;

/** Leads to the program worked in last, or to the first one within reach. */
export function HomeGate() {
  const me = useMe();
  const w = useWords().shell;
  if (me.error) return <Container component="main" size="sm" py="xl"><ErrorNotice wholePage error={me.error} onRetry={() => void me.refetch()} /></Container>;
  if (me.data === undefined) return <Waiting />;
  if (me.data === null) return <Navigate to="/sign-in" replace />;
  const last = lastProgram();
  const within = me.data.programs.find((one) => one.code === last) ?? me.data.programs.find((one) => !one.hidden) ?? me.data.programs[0];
  if (!within) return <Center mih="60vh" component="main"><EmptyState wholePage title={w.noProgram} text={w.noPrograms} /></Center>;
  return <Navigate to="/$program/today" params={{ program: within.code }} replace />;
}

/** To the door, with the address to come back to: taken once, for it changes the moment we leave. */
function ToSignIn() {
  const [next] = useState(() => window.location.pathname + window.location.search);
  return <Navigate to="/sign-in" search={{ next }} replace />;
}

/** Lets a signed-in person into a program they may see; everybody else is told where to go. */
export function ProgramGate() {
  const { program: code } = useParams({ from: '/$program' });
  const me = useMe();
  const w = useWords().shell;
  const membership = me.data?.programs.find((one) => one.code === code);
  const program = useProgramQuery(code, membership !== undefined);
  const error = me.error ?? program.error;
  if (error) return <Container component="main" size="sm" py="xl"><ErrorNotice wholePage error={error} onRetry={() => void Promise.all([me.refetch(), membership && program.refetch()])} /></Container>;
  if (me.data === undefined) return <Waiting />;
  if (me.data === null) return <ToSignIn />;
  if (!membership) {
    return (
      <Center mih="60vh" component="main">
        <EmptyState wholePage icon={<IconMapOff />} title={w.noProgram} text={w.noProgramText} action={<ButtonLink to="/">{w.goHome}</ButtonLink>} />
      </Center>
    );
  }
  if (!program.data) return <Waiting />;
  rememberProgram(code);
  return (
    <ProgramProvider value={{ program: program.data, membership, readAt: program.dataUpdatedAt }}>
      <AppFrame me={me.data}><PageGate /></AppFrame>
    </ProgramProvider>
  );
}

/** The page of the address, or a kind word where the person's role has no business there. */
function PageGate() {
  const need = useMatches({ select: (matches) => needOf(matches.at(-1)?.fullPath) });
  const { code } = useProgram();
  const can = useCan();
  const w = useWords().shell;
  if (need === null || can(need)) return <Outlet />;
  return <EmptyState wholePage icon={<IconLock />} title={w.notForRole} text={w.notForRoleText} action={<ButtonLink to="/$program/today" params={{ program: code }}>{w.goToday}</ButtonLink>} />;
}

export function NotFound() {
  const w = useWords().shell;
  return (
    <Box component="main" pt="xl">
      <EmptyState wholePage icon={<IconMapOff />} title={w.notFound} text={w.notFoundText} action={<ButtonLink to="/">{w.goHome}</ButtonLink>} />
    </Box>
  );
}

/** A page that broke: says so and offers to read it anew. */
export const PageFault = ({ error }: ErrorComponentProps) => (
  <Container size="sm" py="xl"><ErrorNotice wholePage error={{ status: 500, requestId: String(error) }} onRetry={() => window.location.reload()} /></Container>
);
