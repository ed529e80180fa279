/** Hands a table to the browser as a file. */
export function saveFile({ fileName, text }: { fileName: string; text: string }): void {
  // With a byte order mark, or a spreadsheet takes Polish letters for something else.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}
