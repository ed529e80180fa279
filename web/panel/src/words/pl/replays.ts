const plural = (count: number, one: string, few: string, many: string): string => {
  const last = count % 10;
  const teen = count % 100 > 11 && count % 100 < 15;
  return `${count.toLocaleString('pl-PL')} ${count === 1 ? one : last > 1 && last < 5 && !teen ? few : many}`;
};

export const replays = {
  title: 'Co by było, gdyby',
  text: 'Policz minione zakupy od nowa według zmienionych zasad i zobacz, ile by to kosztowało i kogo dotknęło. Niczyje saldo się nie zmieni.',
  check: 'Sprawdź na historii',
  back: 'Co by było, gdyby',
  new: 'Nowe sprawdzenie',
  period: 'Okres',
  from: 'Od dnia',
  until: 'Do dnia',
  wallet: 'Portfel',
  cost: 'Koszt 100 punktów',
  costHint: 'Ile naprawdę kosztuje Was 100 punktów, w złotych',
  rules: 'Które zasady zmienić',
  rulesHint: 'Reszta zostaje taka, jak działa dziś.',
  noRules: 'Nie ma jeszcze żadnej zasady, którą można by zmienić.',
  choices: { keep: 'bez zmian', draft: 'według szkicu', leave: 'bez tej zasady' },
  keepInactive: 'nie działa',
  start: 'Policz',
  earlier: 'Wcześniejsze sprawdzenia',
  empty: 'Nie ma jeszcze żadnego sprawdzenia',
  emptyText: 'Wybierz okres i zmianę, a potem naciśnij „Policz”.',
  periodOf: (from: string, until: string) => `${from} – ${until}`,
  madeBy: (when: string, who: string) => `${when}, ${who}`,
  states: { waiting: 'czeka', running: 'liczy się', done: 'gotowe', cancelled: 'przerwane', failed: 'nie udało się' },
  changes: { changed: 'zmieniona', added: 'dodana', left_out: 'pominięta' },
  unchanged: 'Zasady bez zmian',
  column: { period: 'Okres', changes: 'Zmiany', state: 'Stan', asked: 'Zlecone' },
};

export const replay = {
  progress: (done: string, total: string) => `Policzono ${done} z ${total} dokumentów`,
  waiting: 'Zaraz się zacznie',
  cancel: 'Przerwij',
  cancelled: 'Sprawdzanie przerwane',
  cancelledText: 'Nie ma wyniku. Możesz policzyć jeszcze raz.',
  failed: 'Nie udało się policzyć',
  failedText: 'Spróbuj jeszcze raz. Jeśli to się powtórzy, przekaż obsłudze godzinę zlecenia.',
  again: 'Policz jeszcze raz',
  exact: (checked: number) => `Dla pewności: ${plural(checked, 'dokument policzony', 'dokumenty policzone', 'dokumentów policzonych')} według zasad z dnia zakupu, wszystkie zgodne z księgą co do punktu.`,
  inexact: (differing: number, checked: number) => `Uwaga: ${plural(differing, 'dokument', 'dokumenty', 'dokumentów')} z ${checked.toLocaleString('pl-PL')} wychodzi inaczej niż w księdze, nawet według zasad z dnia zakupu. Traktuj wynik jako przybliżony.`,
  unknown: (facts: string) => `Zasady pytają o coś, czego historia nie przechowuje: ${facts}. Policzono tak, jakby nikt tego nie miał.`,
  now: 'dziś',
  draft: 'po zmianie',
  nowIs: (value: string) => `dziś ${value}`,
  difference: 'różnica',
  earned: 'Naliczone punkty',
  cost: 'Koszt punktów',
  outstanding: 'Do wykorzystania na koniec',
  gaining: 'Zyskają',
  losing: 'Stracą',
  membersCount: (count: number) => plural(count, 'uczestnik', 'uczestników', 'uczestników'),
  sameCount: (count: number) => `bez zmian: ${count.toLocaleString('pl-PL')}`,
  shortfalls: (count: number) => `${plural(count, 'raz', 'razy', 'razy')} uczestnikowi zabrakłoby punktów, które naprawdę wydał.`,
  capped: (count: number, cut: string) => `Limity zadziałałyby ${plural(count, 'raz', 'razy', 'razy')} i obcięły ${cut}.`,
  months: { earned: 'Ile punktów naliczamy w miesiącu?', outstanding: 'Ile punktów jest do wykorzystania na koniec miesiąca?' },
  month: 'Miesiąc',
  spread: 'Komu się zmieni i o ile?',
  spreadTable: { step: 'Zmiana', members: 'Uczestnicy' },
  step: (from: number | null, to: number | null): string => {
    const text = (value: number) => Math.abs(value).toLocaleString('pl-PL');
    if (from === null) return `mniej o ${text(to ?? 0)} lub więcej`;
    if (to === null) return `więcej o ${text(from)} lub więcej`;
    if (from === 0 && to === 0) return 'bez zmian';
    return from > 0 ? `więcej o ${text(from)}–${text(to)}` : `mniej o ${text(to)}–${text(from)}`;
  },
  rules: 'Zasada po zasadzie',
  rule: 'Zasada',
  documents: 'Dokumenty',
  cut: 'Obcięte limitem',
  segments: 'Które grupy',
  group: 'Grupa',
  groups: { person: 'osoby', company: 'firmy', underMonth: 'w programie krócej niż miesiąc', underYear: 'od miesiąca do roku', longer: 'dłużej niż rok' } as Record<string, string>,
  thresholds: 'Ilu stać na nagrodę',
  thresholdsHint: 'Uczestnicy, których saldo na koniec okresu wystarcza na nagrodę w tej cenie.',
  price: 'Cena',
  top: 'Komu zmieni się najwięcej',
  member: 'Uczestnik',
  noTop: 'Nikomu nic się nie zmieni.',
  anonymous: 'bez nazwy',
  showTable: 'Pokaż tabelę',
  showChart: 'Pokaż wykres',
  csv: 'Pobierz CSV',
};
