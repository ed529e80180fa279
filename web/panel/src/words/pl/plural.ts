/** "1 punkt, 3 punkty, 5 punktów" */
export const plural = (count: number, one: string, few: string, many: string): string => {
  const last = count % 10;
  const teen = count % 100 > 11 && count % 100 < 15;
  return `${count.toLocaleString('pl-PL')} ${count === 1 ? one : last > 1 && last < 5 && !teen ? few : many}`;
};
