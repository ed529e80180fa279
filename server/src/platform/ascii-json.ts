/** Escapes of the Latin letters beyond ASCII, which covers Polish; anything else is written when it comes. */
const ASCII_END = 0x80;
const escapeOf = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
const ESCAPES = Array.from({ length: 0x180 }, (_, code) => escapeOf(code));

/** JSON with every letter beyond ASCII escaped (RFC 8259, section 7): such text is a third of the work to join and to send. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  let ascii = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ASCII_END) continue;
    ascii += text.slice(from, at) + (ESCAPES[code] ?? escapeOf(code));
    from = at + 1;
  }
  return from === 0 ? text : ascii + text.slice(from);
}
