import { Button, CloseButton, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { PICTURES_MAX } from '@wracam/engine/pictures';
import { useState } from 'react';
import { useLang } from './lang.tsx';
import { shrinkPicture } from './shrink-picture.ts';
import { uiWords } from './words.ts';

type PictureFieldProps = { value: readonly string[]; onChange: (pictures: string[]) => void };

/** Up to five photos, from the camera of a phone or from files; made small enough to send right here. Values are JPEGs in base64. */
export function PictureField({ value, onChange }: PictureFieldProps) {
  const w = uiWords(useLang()).pictures;
  const [busy, setBusy] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const add = async (files: File[]) => {
    setBusy(true);
    const read = await Promise.allSettled(files.slice(0, PICTURES_MAX - value.length).map(shrinkPicture));
    setUnreadable(read.some((one) => one.status === 'rejected'));
    onChange([...value, ...read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))]);
    setBusy(false);
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>{w.label}</Text>
      <Text size="sm" c="dimmed">{w.hint(PICTURES_MAX)}</Text>
      {value.length > 0 && (
        <Group gap="xs">
          {value.map((picture, at) => (
            <div key={at} style={{ position: 'relative' }}>
              <Thumbnail type="image/jpeg" base64={picture} name={w.picture(at + 1)} />
              <CloseButton variant="filled" color="dark" size="sm" aria-label={w.remove(at + 1)} style={{ position: 'absolute', top: 4, right: 4 }} onClick={() => onChange(value.filter((_, place) => place !== at))} />
            </div>
          ))}
        </Group>
      )}
      {value.length < PICTURES_MAX && (
        <FileButton multiple accept="image/jpeg,image/png,image/webp" onChange={(files) => void add(files)}>
          {(props) => <Button {...props} variant="light" loading={busy} leftSection={<IconCamera size={18} aria-hidden />}>{w.add}</Button>}
        </FileButton>
      )}
      <Text size="sm" c="red" role="alert">{unreadable ? w.unreadable : ''}</Text>
    </Stack>
  );
}

const SIDE = 96;

/** A picture as a square; it opens whole in a window of its own only where a link stands around it. */
export function Thumbnail({ type, base64, name, side = SIDE }: { type: string; base64: string; name: string; side?: number }) {
  return <img src={`data:${type};base64,${base64}`} alt={name} style={{ display: 'block', width: side, height: side, maxWidth: '100%', objectFit: 'cover', borderRadius: 'var(--mantine-radius-md)' }} />;
}
