/** Words that begin small, as a sentence: "55 nowych nagród" is "55 nowych nagród." */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
