/** Given and family names common in Poland (by the PESEL register's public lists), commonest first. */
export const WOMEN = ['Anna', 'Katarzyna', 'Maria', 'Małgorzata', 'Agnieszka', 'Barbara', 'Ewa', 'Krystyna', 'Magdalena', 'Elżbieta', 'Joanna', 'Aleksandra', 'Zofia', 'Monika', 'Natalia', 'Julia', 'Karolina', 'Marta', 'Beata', 'Dorota', 'Justyna', 'Paulina', 'Izabela', 'Iwona', 'Wiktoria', 'Oliwia', 'Sylwia', 'Hanna', 'Kinga', 'Weronika', 'Patrycja', 'Amelia', 'Lena', 'Maja', 'Gabriela', 'Łucja', 'Helena', 'Alicja', 'Urszula', 'Jagoda'] as const;
export const MEN = ['Piotr', 'Krzysztof', 'Andrzej', 'Tomasz', 'Jan', 'Paweł', 'Michał', 'Marcin', 'Jakub', 'Adam', 'Łukasz', 'Marek', 'Grzegorz', 'Mateusz', 'Wojciech', 'Mariusz', 'Dariusz', 'Maciej', 'Szymon', 'Kacper', 'Rafał', 'Kamil', 'Jacek', 'Filip', 'Antoni', 'Robert', 'Bartosz', 'Dawid', 'Franciszek', 'Hubert', 'Sebastian', 'Damian', 'Igor', 'Stanisław', 'Oskar', 'Leon', 'Przemysław', 'Ignacy', 'Konrad', 'Tadeusz'] as const;
/** Both forms; most are alike. */
export const FAMILIES: readonly (readonly [woman: string, man: string])[] = [
  ...['Nowak', 'Wójcik', 'Woźniak', 'Mazur', 'Krawczyk', 'Kaczmarek', 'Król', 'Zając', 'Wieczorek', 'Wróbel', 'Stępień', 'Pawlak', 'Walczak', 'Sikora', 'Baran', 'Duda', 'Szewczyk', 'Pietrzak', 'Marciniak', 'Bąk', 'Włodarczyk', 'Kubiak', 'Wilk', 'Lis', 'Kołodziej', 'Gajda', 'Żak', 'Urban', 'Dudek', 'Cieślak', 'Kozak', 'Świątek', 'Sobczak', 'Czech', 'Gołąb', 'Janik', 'Kurek', 'Mróz', 'Ptak', 'Śliwa'].map((name) => [name, name] as const),
  ...['Kowal', 'Wiśniew', 'Kamiń', 'Lewandow', 'Zieliń', 'Szymań', 'Dąbrow', 'Kozłow', 'Jankow', 'Wojciechow', 'Kwiatkow', 'Piotrow', 'Grabow', 'Pawłow', 'Michal', 'Nowakow', 'Adamczew', 'Jabłoń', 'Majew', 'Olszew', 'Jawor', 'Malinow', 'Witkow', 'Rutkow', 'Sadow', 'Górec', 'Bednar', 'Zalew', 'Tomaszew', 'Makow', 'Lipiń', 'Czarnec', 'Krajew', 'Borkow', 'Wysoc'].map((stem) => (stem.endsWith('c') ? [`${stem}ka`, `${stem}ki`] as const : [`${stem}ska`, `${stem}ski`] as const)),
];

const PLAIN: Readonly<Record<string, string>> = { ą: 'a', ć: 'c', ę: 'e', ł: 'l', ń: 'n', ó: 'o', ś: 's', ź: 'z', ż: 'z' };
/** Small letters as they stand in an e-mail address. */
export const plainLetters = (text: string): string => text.toLowerCase().replace(/[ąćęłńóśźż]/g, (letter) => PLAIN[letter]!);
