/** Digits in a one-time code. */
export const CODE_LENGTH = 6;

/** The code inside whatever was typed or pasted ("123 456", "Twój kod: 123456."): its digits, at most six. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').slice(0, CODE_LENGTH);

/** Seconds before another code may be asked for: long enough for a mail to arrive. */
export const RESEND_AFTER_S = 30;
