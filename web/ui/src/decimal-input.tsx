import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { decimalFault, parseDecimal, writeDecimal, writeShortDecimal } from './decimal-text.ts';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

export type DecimalInputProps = Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> & {
  /** Whole number of smallest units; null when the field is empty or unreadable. */
  value: number | null;
  onChange: (units: number | null) => void;
  decimals: number;
  /** Drops zeros after the comma, as for quantities. */
  short?: boolean;
};

/** A field for money or quantity that keeps whole units and takes both comma and dot. What it cannot read it names. */
export function DecimalInput({ value, onChange, decimals, short = false, ...rest }: DecimalInputProps) {
  const lang = useLang();
  const separator = lang === 'pl' ? ',' : '.';
  const write = (units: number | null) =>
    units === null ? '' : (short ? writeShortDecimal : writeDecimal)(units, decimals, separator);
  const [text, setText] = useState(() => write(value));
  const told = useRef(value);
  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setText(write(value));
    }
  });
  const tell = (next: string) => {
    setText(next);
    told.current = parseDecimal(next, decimals);
    onChange(told.current);
  };
  const fault = decimalFault(text, decimals);
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      {...rest}
      error={rest.error || (fault && uiWords(lang).decimal[fault](decimals))}
      value={text}
      onChange={(event) => tell(event.currentTarget.value)}
      onBlur={(event) => {
        if (told.current !== null) setText(write(told.current));
        rest.onBlur?.(event);
      }}
    />
  );
}

/** Money in minor units (two decimals). */
export const MoneyInput = (props: Omit<DecimalInputProps, 'decimals'>) => <DecimalInput decimals={2} {...props} />;

/** Quantity in thousandths, so that 0,347 kg is exact. */
export const QuantityInput = (props: Omit<DecimalInputProps, 'decimals'>) => <DecimalInput decimals={3} short {...props} />;

/** Whole points. */
export const PointsInput = (props: Omit<DecimalInputProps, 'decimals'>) => (
  <DecimalInput inputMode="numeric" decimals={0} {...props} />
);
