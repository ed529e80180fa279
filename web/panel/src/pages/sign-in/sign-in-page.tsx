import { Anchor, Box, Button, Center, Group, Paper, PinInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { ErrorNotice, SkeletonList } from '@wracam/ui';
import { useEffect, useRef, useState } from 'react';
import { useConfirmCode, useMe, useRequestCode, useSignInByLink } from '../../api/session.ts';
import { useWords } from '../../words/words.tsx';

/** Goes on after signing in: only to addresses of this panel, so that a link cannot send a person elsewhere. */
function useGoOn(next: string | undefined): () => void {
  const { history } = useRouter();
  return () => history.replace(next?.startsWith('/panel/') ? next : '/panel/');
}

function GoOn({ next }: { next: string | undefined }) {
  const goOn = useGoOn(next);
  useEffect(goOn, []);
  return null;
}

/** The token of a one-time link: behind #, where no server and no other page sees it. It leaves the address bar at once, and with it the history. */
function useLinkToken(): [token: string | null, forget: () => void] {
  const { hash } = useLocation();
  const { history } = useRouter();
  const [token, setToken] = useState(() => new URLSearchParams(hash).get('token'));
  useEffect(() => {
    const found = new URLSearchParams(hash).get('token');
    if (!found) return;
    setToken(found);
    history.replace('/panel/sign-in');
  }, [hash, history]);
  return [token, () => setToken(null)];
}

/** The door of the panel: a one-time link, or a code sent by e-mail. */
export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const [token, forget] = useLinkToken();
  const me = useMe();
  const w = useWords();
  if (me.data && !token) return <GoOn next={next} />;
  return (
    <Center mih="100dvh" p="md" component="main">
      <Box w="100%" maw={400}>
        <Stack gap={2} mb="lg">
          <Text className="panel-mark" fz={28}>{w.shell.product}</Text>
          <Text c="dimmed">{w.signIn.motto}</Text>
        </Stack>
        <Paper withBorder p="xl" radius="lg">{token ? <ByLink token={token} next={next} onGiveUp={forget} /> : <ByCode />}</Paper>
      </Box>
    </Center>
  );
}

function ByLink({ token, next, onGiveUp }: { token: string; next: string | undefined; onGiveUp: () => void }) {
  const w = useWords().signIn;
  const goOn = useGoOn(next);
  const { mutate, error } = useSignInByLink();
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true; // the link works once, and effects may run twice
    mutate(token, { onSuccess: goOn });
  }, [token, mutate, goOn]);
  return (
    <Stack>
      <Title order={1} size="h2">{error ? w.linkFailed : w.byLink}</Title>
      {error ? <ErrorNotice error={error} /> : <SkeletonList rows={2} />}
      {error && <Button onClick={onGiveUp}>{w.useEmail}</Button>}
    </Stack>
  );
}

function ByCode() {
  const w = useWords().signIn;
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const request = useRequestCode();
  const confirm = useConfirmCode();
  // Once signed in, the page itself goes on.
  const enter = (typed: string) => confirm.mutate({ email, code: typed }, { onError: () => setCode('') });
  if (!request.data) {
    return (
      <form onSubmit={(event) => { event.preventDefault(); request.mutate(email.trim()); }}>
        <Stack>
          <Title order={1} size="h2">{w.title}</Title>
          <Text c="dimmed">{w.text}</Text>
          <TextInput type="email" required autoFocus autoComplete="email" label={w.email} placeholder={w.emailExample} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          {request.error && <ErrorNotice error={request.error} />}
          <Button type="submit" loading={request.isPending}>{w.sendCode}</Button>
          <Text size="sm" c="dimmed">{w.noMail}</Text>
        </Stack>
      </form>
    );
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); enter(code); }}>
      <Stack>
        <Title order={1} size="h2">{w.codeTitle}</Title>
        <Text c="dimmed">{w.codeText(email, request.data.validMinutes)}</Text>
        <PinInput length={6} type="number" oneTimeCode autoFocus aria-label={w.code} value={code} onChange={setCode} onComplete={enter} size="md" error={confirm.isError} />
        {confirm.error && <ErrorNotice error={confirm.error} />}
        <Group justify="space-between">
          <Anchor component="button" type="button" onClick={() => { request.reset(); confirm.reset(); }}>{w.otherEmail}</Anchor>
          <Button type="submit" loading={confirm.isPending} disabled={code.length < 6}>{w.confirm}</Button>
        </Group>
      </Stack>
    </form>
  );
}
