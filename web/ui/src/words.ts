import type { Lang } from './lang.tsx';

const pl = {
  close: 'Zamknij',
  cancel: 'Anuluj',
  undo: 'Cofnij',
  tryAgain: 'Spróbuj ponownie',
  loading: 'Wczytywanie',
  offline: 'Nie ma połączenia z serwerem.',
  offlineNext: 'Sprawdź internet i spróbuj ponownie. Nic nie zginęło.',
  fault: 'Coś poszło nie tak po naszej stronie.',
  faultNext: 'Spróbuj za chwilę. Jeśli to się powtarza, podaj obsłudze numer:',
  actions: 'Czynności',
  copying: {
    copy: 'Skopiuj',
    copied: 'Skopiowano',
    byHand: 'Przeglądarka nie pozwala tej stronie kopiować. Tekst jest zaznaczony: naciśnij Ctrl+C (na Macu ⌘C), a na telefonie przytrzymaj go palcem i wybierz „Kopiuj”.',
  },
  decimal: {
    negative: () => 'Wpisz liczbę bez minusa.',
    decimals: (most: number) => (most === 0 ? 'Wpisz liczbę całkowitą.' : `Po przecinku najwyżej ${most} ${most === 1 ? 'cyfra' : 'cyfry'}.`),
    long: () => 'Ta liczba jest za duża.',
    unreadable: () => 'Wpisz samą liczbę.',
  },
  pictures: {
    label: 'Zdjęcia',
    hint: (most: number) => `Najwyżej ${most}. Miejsca i godziny zrobienia zdjęcia nie zapisujemy.`,
    add: 'Dodaj zdjęcia',
    picture: (no: number) => `Zdjęcie ${no}`,
    remove: (no: number) => `Usuń zdjęcie ${no}`,
    unreadable: 'Tego pliku nie da się odczytać jako zdjęcia.',
  },
};

const en: typeof pl = {
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  tryAgain: 'Try again',
  loading: 'Loading',
  offline: 'The server cannot be reached.',
  offlineNext: 'Check the connection and try again. Nothing is lost.',
  fault: 'Something went wrong on our side.',
  faultNext: 'Try again in a moment. If it keeps happening, tell support this number:',
  actions: 'Actions',
  copying: {
    copy: 'Copy',
    copied: 'Copied',
    byHand: 'The browser does not let this page copy. The text is selected: press Ctrl+C (⌘C on a Mac), or on a phone hold your finger on it and choose “Copy”.',
  },
  decimal: {
    negative: () => 'Type the number without a minus.',
    decimals: (most) => (most === 0 ? 'Type a whole number.' : `At most ${most} ${most === 1 ? 'digit' : 'digits'} after the point.`),
    long: () => 'This number is too large.',
    unreadable: () => 'Type the number alone.',
  },
  pictures: {
    label: 'Pictures',
    hint: (most) => `At most ${most}. Where and when a picture was taken is not kept.`,
    add: 'Add pictures',
    picture: (no) => `Picture ${no}`,
    remove: (no) => `Remove picture ${no}`,
    unreadable: 'This file cannot be read as a picture.',
  },
};

/** The few words the shared components say by themselves; everything else is given by the page. */
export const uiWords = (lang: Lang): typeof pl => (lang === 'pl' ? pl : en);
