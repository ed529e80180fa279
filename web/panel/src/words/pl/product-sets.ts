import { formatPoints } from '@wracam/engine/words';

const CODES = { one: 'kod', few: 'kody', many: 'kodów', fraction: 'kodu' };
const codes = (n: number): string => formatPoints(n, CODES, 'pl');

export const productSets = {
  title: 'Zestawy produktów',
  text: 'Listy kodów towarów, na które powołują się zasady: na przykład promocja na wybrane kawy.',
  link: 'Zestawy produktów',
  empty: 'Nie ma jeszcze żadnego zestawu',
  emptyText: 'Wpisz kody towarów albo wczytaj je z pliku. Potem wybierzesz zestaw w warunkach zasady.',
  add: 'Dodaj zestaw',
  change: 'Zmień kody',
  download: 'Pobierz kody',
  save: 'Zapisz kody',
  name: 'Nazwa zestawu',
  nameHint: 'Pod tą nazwą zobaczą go uczestnicy w opisie zasady. Później nie da się jej zmienić.',
  namePlaceholder: 'np. Kawy ziarniste',
  noHash: 'Nazwa nie może zawierać znaku #.',
  codesLabel: 'Kody towarów',
  codesHint: 'Jeden w wierszu. Z pliku CSV liczy się pierwsza kolumna.',
  file: 'Wczytaj plik TXT lub CSV',
  fromFile: (name: string) => `Kody z pliku ${name}`,
  dropFile: 'Wpisz ręcznie',
  found: (n: number) => (n === 0 ? 'Nie ma jeszcze kodów' : codes(n)),
  tooMany: (limit: number) => `Zestaw może mieć najwyżej ${codes(limit)}.`,
  how: 'Co zrobić z kodami, które już tam są',
  replace: 'Zastąp nowymi',
  keep: 'Zostaw i dodaj nowe',
  changeText: 'Zasady, które działają, od razu liczą według nowych kodów. To, co już naliczone, się nie zmieni.',
  codes,
  changedAt: (version: number, at: string) => `wersja ${version} z ${at}`,
  added: (size: number) => `Zestaw dodany: ${codes(size)}`,
  changed: (size: number) => `Zestaw ma teraz ${codes(size)}`,
  choose: 'Wybierz zestaw',
  none: 'Nie ma jeszcze zestawów',
};
