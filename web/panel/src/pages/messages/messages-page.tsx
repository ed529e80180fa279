import { Accordion, Badge, Group, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { EmptyState, ErrorNotice, InstantText, PageHeader, SkeletonList } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import { useMessages } from '../../api/settings.ts';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';

const color = { queued: 'gray', sent: 'forest', kept: 'amber', failed: 'red', uncertain: 'amber', withdrawn: 'gray' } as const;

/** Every message sent or kept, so that a shop without its own mail server can read the codes. */
export function MessagesPage() {
  const w = useWords().messages;
  const { timeZone } = useProgram();
  const list = useMessages();
  return (
    <>
      <PageHeader title={w.title} text={w.text} />
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={8} />}
      {list.items?.length === 0 && <EmptyState icon={<IconMail />} title={w.empty} text={w.emptyText} />}
      {list.items && list.items.length > 0 && (
        <Accordion variant="separated" radius="md" order={2}>
          {list.items.map((message) => (
            <Accordion.Item key={message.id} value={message.id}>
              <Accordion.Control>
                <Group justify="space-between" gap="sm" pe="sm">
                  <div>
                    <Text fw={650}>{message.subject}</Text>
                    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{message.to} · <InstantText at={message.at} timeZone={timeZone} /></Text>
                  </div>
                  <Badge color={color[message.state]}>{w.states[message.state]}</Badge>
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{message.body}</Text>
                {message.lastError && <Text size="sm" c="var(--mantine-color-error)" mt="sm">{message.lastError} ({w.tries(message.tries)})</Text>}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
      <MoreButton more={list.more} busy={list.busy} />
    </>
  );
}
