import { Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useProgram } from '../api/program.tsx';
import type { Me } from '../api/shapes.ts';
import { useWords } from '../words/words.tsx';

/** The program's name; with more than one program, the way to the others. */
export function ProgramSwitcher({ me }: { me: Me }) {
  const current = useProgram();
  const navigate = useNavigate();
  const w = useWords().shell;
  const shown = me.programs.filter((one) => !one.hidden || one.code === current.code);
  if (shown.length < 2) return <Text fw={600} c="dimmed" truncate>{current.name}</Text>;
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button variant="subtle" color="gray" rightSection={<IconChevronDown size={16} aria-hidden />} maw={220} px="xs">
          <Text span truncate fw={600}>{current.name}</Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label c="dimmed">{w.programs}</Menu.Label>
        {shown.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => void navigate({ to: '/$program/today', params: { program: one.code } })}
            rightSection={one.code === current.code ? <IconCheck size={16} aria-hidden /> : undefined}
          >
            <Group gap="xs">{one.name}{one.test && <Badge size="sm" color="amber">{w.test}</Badge>}{one.demo && <Badge size="sm" color="amber">{w.demo}</Badge>}</Group>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
