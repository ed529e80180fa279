import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { phrasesOf } from '@wracam/engine/phrases';
import { InstantText, useLang, writePoints } from '@wracam/ui';
import { useGrants } from '../../api/members.ts';
import { useProgram } from '../../api/program.tsx';
import type { Grant } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';

/** What a member got besides points; nothing is shown to somebody who got nothing. */
export function Grants({ id }: { id: string }) {
  const w = useWords().member;
  const { code, timeZone } = useProgram();
  const list = useGrants(id);
  if (!list.items || list.items.length === 0) return null;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="sm">{w.grants}</Title>
      <Stack gap="sm">
        {list.items.map((grant) => (
          <div key={`${grant.transaction} ${grant.rule}`}>
            <GrantLine grant={grant} />
            <Text size="sm" c="dimmed">
              {grant.rule}, <TextLink to="/$program/transactions/$transaction" params={{ program: code, transaction: grant.transaction }}><InstantText at={grant.grantedAt} timeZone={timeZone} /></TextLink>
            </Text>
          </div>
        ))}
      </Stack>
      <MoreButton more={list.more} busy={list.busy} />
    </Paper>
  );
}

/** "2 losy „wiosna”", and what a return took back of it. */
export function GrantLine({ grant }: { grant: Pick<Grant, 'what' | 'code' | 'count' | 'kept' | 'state'> }) {
  const w = useWords().member;
  const lang = useLang();
  const unit = phrasesOf(lang).grantUnit(grant.what);
  return (
    <Group gap="xs">
      <Text fw={600} td={grant.state === 'revoked' ? 'line-through' : undefined} style={{ overflowWrap: 'anywhere' }}>{w.grantOf(writePoints(grant.count, unit, lang), grant.code)}</Text>
      {grant.state === 'revoked' && <Badge color="gray">{w.grantRevoked}</Badge>}
      {grant.state === 'granted' && grant.kept < grant.count && <Badge color="gray">{w.grantKept(grant.kept)}</Badge>}
    </Group>
  );
}
