/** The same shape the API asks for, so that most mistakes are caught before a code is sent into the void. */
const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

export const looksLikeEmail = (text: string): boolean => text.length >= 5 && text.length <= 254 && EMAIL.test(text);
