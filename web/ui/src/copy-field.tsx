import { Button, TextInput, type MantineSize } from '@mantine/core';
import { useRef, useState } from 'react';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

type CopyFieldProps = { label: string; value: string; /** What the button says, where it is more than "copy". */ action?: string; size?: MantineSize };

/**
 * A text to be taken elsewhere, such as a link or a secret, and a button that copies it. Browsers give pages on plain http no clipboard,
 * and may refuse it to others: then the text stands selected, and a sentence says how to copy it by hand.
 */
export function CopyField({ label, value, action, size = 'sm' }: CopyFieldProps) {
  const w = uiWords(useLang()).copying;
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'untouched' | 'copied' | 'selected'>('untouched');
  const select = () => {
    field.current?.focus();
    field.current?.select();
    setState('selected');
  };
  const copy = () => ('clipboard' in navigator ? void navigator.clipboard.writeText(value).then(() => setState('copied'), select) : select());
  return (
    <div>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: 12 }}>
        <TextInput ref={field} label={label} size={size} readOnly value={value} style={{ flex: '1 1 15rem' }} onFocus={(event) => event.currentTarget.select()} />
        <Button size={size} variant="light" style={{ flex: '1 0 auto' }} onClick={copy}>{state === 'copied' ? w.copied : action ?? w.copy}</Button>
      </div>
      <div role="status" style={state === 'selected' ? { marginTop: 12 } : undefined}>{state === 'selected' ? w.byHand : ''}</div>
    </div>
  );
}
