import type { Page } from 'playwright-core';
import type { Shop } from './fill-shop.ts';
import { EMPTY_PROGRAM } from './empty-program.ts';
import { OWNER, PROGRAM } from './start-site.ts';

/** One page as a person meets it. */
export type KnownPage = {
  readonly name: string;
  readonly path: (shop: Shop) => string;
  /** Words that stand there only when the page has its content. */
  readonly shows: string;
  /** Opens what lies over the page. */
  readonly open?: (page: Page) => Promise<void>;
  /** Answers that are refusals by nature of the page, and therefore stand in the console. */
  readonly refused?: RegExp;
  /** What is open here exists on a phone alone. */
  readonly phoneOnly?: boolean;
};

const click = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();
const panel = (path: string) => `/panel/${PROGRAM}${path}`;
const portal = (path = '') => `/p/${PROGRAM}${path}`;
const empty = (path: string) => `/panel/${EMPTY_PROGRAM}${path}`;
const emptyPortal = (path = '') => `/p/${EMPTY_PROGRAM}${path}`;

/** Another kind of benefit than points for money, in the list that opens. */
async function chooseGrant(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Rodzaj korzyści' }).click();
  await page.getByRole('option', { name: /^Kupon, odznaka/ }).click();
  await page.getByLabel('Za każde pełne').waitFor();
}

/** A message, with words of its own for those who read English. */
async function chooseMessage(page: Page): Promise<void> {
  await chooseGrant(page);
  await page.getByRole('combobox', { name: 'Co dostaje uczestnik' }).click();
  await page.getByRole('option', { name: 'Wiadomość', exact: true }).click();
  await page.getByLabel('Temat', { exact: true }).fill('Masz {punkty}');
  await page.getByRole('button', { name: 'saldo po zakupie' }).click();
  await page.getByRole('switch', { name: /po angielsku/ }).press('Space');
}

/** Pages before anybody signs in. */
export const openPages: readonly KnownPage[] = [
  { name: 'panel: sign-in', path: () => '/panel/sign-in', shows: 'Zaloguj się' },
  { name: 'panel: sign-in, the code', path: () => '/panel/sign-in', shows: 'Inny adres', open: askForStaffCode },
  { name: 'panel: a dead sign-in link', path: () => '/panel/sign-in#token=' + 'x'.repeat(54), shows: 'Ten link nie działa', refused: /sign-in\/link/ },
  { name: 'portal: without a program', path: () => '/p/', shows: 'Otwórz swój program' },
  { name: 'portal: unknown program', path: () => '/p/nie-ma-takiego', shows: 'Nie ma takiego programu', refused: /nie-ma-takiego/ },
  { name: 'portal: welcome', path: () => portal(), shows: 'Dołącz za darmo' },
  { name: 'portal: join', path: () => portal('/join'), shows: 'Dołącz do programu' },
  { name: 'portal: join, faults shown', path: () => portal('/join'), shows: 'Podaj imię.', open: click('Wyślij kod') },
  { name: 'portal: terms over the form', path: () => portal('/join'), shows: 'Zwrot towaru cofa punkty', open: click('Przeczytaj regulamin') },
  { name: 'portal: sign-in', path: () => portal('/sign-in'), shows: 'Podaj e-mail z programu.' },
  { name: 'portal: the code', path: () => portal('/sign-in'), shows: 'Podaj inny adres', open: askForMemberCode },
  { name: 'portal: terms', path: () => portal('/terms'), shows: 'Regulamin programu' },
  { name: 'portal: rewards for everybody', path: () => portal('/rewards'), shows: 'Kubek termiczny' },
  { name: 'portal: no such page', path: () => portal('/lody'), shows: 'Nie ma tu takiej strony' },
];

/** The panel of an owner. */
export const panelPages: readonly KnownPage[] = [
  { name: 'today', path: () => panel('/today'), shows: 'Ostatnia sprzedaż' },
  { name: 'today, table beside the chart', path: () => panel('/today'), shows: 'Pokaż wykres', open: click('Pokaż tabelę') },
  { name: 'today, menu open on a phone', path: () => panel('/today'), shows: 'Nowy uczestnik', open: click('Więcej'), phoneOnly: true },
  { name: 'finder', path: () => panel('/today'), shows: 'Nowa nagroda', open: (page) => page.keyboard.press('Control+k') },
  { name: 'account menu', path: () => panel('/today'), shows: 'Wyloguj się', open: click('Twoje konto') },
  { name: 'new sale', path: () => panel('/sales/new'), shows: 'Zapisz sprzedaż' },
  { name: 'new sale by lines, with what it earns', path: (shop) => panel(`/sales/new?member=${shop.members.anna}`), shows: 'Po zakupie', open: typeSale },
  { name: 'transactions', path: () => panel('/transactions'), shows: 'czeka na sprzedaż' },
  { name: 'transactions, nothing found', path: () => panel('/transactions?receipt=brak'), shows: 'Nic nie pasuje do tego wyboru' },
  { name: 'a sale', path: (shop) => panel(`/transactions/${shop.sales.sale}`), shows: 'Powiązane dokumenty' },
  { name: 'a sale, undoing it', path: (shop) => panel(`/transactions/${shop.sales.sale}`), shows: 'Użyj tego przy pomyłce', open: click('Cofnij sprzedaż') },
  { name: 'a return, undoing it', path: (shop) => panel(`/transactions/${shop.sales.returned}`), shows: 'Będzie tak, jakby zwrotu nie było', open: click('Cofnij zwrot') },
  { name: 'a return', path: (shop) => panel(`/transactions/${shop.sales.returned}`), shows: 'Punkty zabrane przez zwrot' },
  { name: 'a sale without a member, claiming it', path: (shop) => panel(`/transactions/${shop.sales.unclaimed}`), shows: 'Punkty policzymy według zasad', open: click('Przypisz uczestnikowi') },
  { name: 'taking a return', path: (shop) => panel(`/transactions/${shop.sales.sale}/return`), shows: '111 punktów', open: click('Cały zakup') },
  { name: 'members', path: () => panel('/members'), shows: 'Łukasik-Grześkowiak' },
  { name: 'new member', path: () => panel('/members/new'), shows: 'Uczestnik przyjął regulamin' },
  { name: 'new member, faults shown', path: () => panel('/members/new'), shows: 'Bez zgody na regulamin', open: click('Dodaj uczestnika') },
  { name: 'a member', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'Obrót roku' },
  { name: 'a member with grants', path: (shop) => panel(`/members/${shop.members.celina}`), shows: 'cofnięte po zwrocie' },
  { name: 'a member, why', path: (shop) => panel(`/members/${shop.members.anna}?why=${shop.earned}`), shows: 'Co zdecydowało' },
  { name: 'a member, recording an event', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'Urodziny, dołączenie i polecenia', open: async (page) => { await click('Więcej czynności')(page); await page.getByRole('menuitem', { name: 'Zapisz zdarzenie' }).click(); } },
  { name: 'a member, adjusting', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'Powiadom uczestnika e-mailem', open: click('Przyznaj lub odejmij') },
  { name: 'a blocked member', path: (shop) => panel(`/members/${shop.members.darek}`), shows: 'zablokowany' },
  { name: 'a member who may not spend', path: (shop) => panel(`/members/${shop.members.celina}`), shows: 'Pula z wpisu nr 1 nie zgadza się z ruchami.' },
  { name: 'a member who may not spend, lifting it', path: (shop) => panel(`/members/${shop.members.celina}`), shows: 'Ta sama różnica nie wstrzyma', open: click('Przywróć wydawanie') },
  { name: 'a closed member', path: (shop) => panel(`/members/${shop.members.ewa}`), shows: 'zamknięty' },
  { name: 'a member who is not there', path: () => panel('/members/mem_nobody'), shows: 'Spróbuj ponownie', refused: /mem_nobody/ },
  { name: 'rules', path: () => panel('/rules'), shows: 'Zakończone' },
  { name: 'new rule', path: () => panel('/rules/new'), shows: 'Tort na zamówienie' },
  { name: 'new rule, faults shown', path: () => panel('/rules/new'), shows: 'Popraw zaznaczone pola', open: click('Zapisz szkic') },
  { name: 'what earns', path: () => panel('/rules/base'), shows: 'Liczy się razem' },
  { name: 'new rule, what it may give', path: () => panel('/rules/new'), shows: 'Ile najwięcej', open: chooseGrant },
  { name: 'new rule, a message', path: () => panel('/rules/new'), shows: 'Treść po angielsku', open: chooseMessage },
  { name: 'a rule by tier', path: (shop) => panel(`/rules/${shop.rules.byTier}/edit`), shows: 'Dodaj poziom' },
  { name: 'a rule', path: (shop) => panel(`/rules/${shop.rules.running}`), shows: 'Po publikacji' },
  { name: 'changing a rule', path: (shop) => panel(`/rules/${shop.rules.sketch}/edit`), shows: 'Tort na zamówienie' },
  { name: 'a member’s groups', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'Uczestnik nie widzi, w jakich grupach jest', open: click('Zmień grupy') },
  { name: 'a member’s household', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'do najwyżej jednego gospodarstwa', open: click('Zmień gospodarstwo domowe') },
  { name: 'households', path: () => panel('/circles'), shows: 'Nowakowie z Lipowej' },
  { name: 'companies', path: () => panel('/circles?kind=company'), shows: 'Huta Szkła sp. z o.o.' },
  { name: 'companies, adding one', path: () => panel('/circles?kind=company'), shows: 'Po tej nazwie firmę znajdą', open: click('Dodaj firmę') },
  { name: 'a household', path: (shop) => panel(`/circles/${shop.household}`), shows: 'liczą się dla tych osób razem' },
  { name: 'reports of works', path: () => panel('/events/reports'), shows: 'Naprawa ławek' },
  { name: 'reports of works: rejecting one', path: () => panel('/events/reports'), shows: 'Uczestnik przeczyta powód', open: click('Odrzuć') },
  { name: 'reports of works: adding one', path: () => panel('/events/reports'), shows: 'Miejsca i godziny zrobienia zdjęcia nie zapisujemy', open: click('Dodaj zgłoszenie') },
  { name: 'reports of works: one that was taken back', path: () => panel('/events/reports'), shows: 'cofnięte', open: (page) => page.getByText('Zatwierdzone', { exact: true }).click() },
  { name: 'segments', path: () => panel('/segments'), shows: 'Stali goście' },
  { name: 'segments: adding one', path: () => panel('/segments'), shows: 'Bez warunków należeliby do niego wszyscy', open: click('Dodaj segment') },
  { name: 'a segment', path: (shop) => panel(`/segments/${shop.segment}`), shows: 'Kto dziś z niego wypada' },
  { name: 'a segment: changing its conditions', path: (shop) => panel(`/segments/${shop.segment}`), shows: 'Nowe warunki zaczną działać po publikacji', open: click('Zmień warunki') },
  { name: 'a segment: publishing its draft', path: (shop) => panel(`/segments/${shop.segment}`), shows: 'Nowe warunki liczą się dla zakupów i zdarzeń od wybranego dnia', open: click('Opublikuj') },
  { name: 'product sets', path: () => panel('/product-sets'), shows: 'Kawy ziarniste' },
  { name: 'product sets: versions', path: () => panel('/product-sets'), shows: 'obowiązuje', open: click('Wersje: Kawy ziarniste') },
  { name: 'product sets: changing the codes', path: () => panel('/product-sets'), shows: 'Zostaw i dodaj nowe', open: click('Zmień kody: Kawy ziarniste') },
  { name: 'new rule for an event', path: () => panel('/rules/new'), shows: '10 punktów na urodziny', open: chooseBirthday },
  { name: 'an event', path: (shop) => panel(`/transactions/${shop.event}`), shows: 'Dane zdarzenia' },
  { name: 'events: kinds', path: () => panel('/events/types'), shows: 'za udział w webinarze' },
  { name: 'events: codes', path: () => panel('/events/codes'), shows: '1 z 20' },
  { name: 'events: a new batch of codes', path: () => panel('/events/codes'), shows: 'Najwyżej 20 000 naraz', open: click('Nowa partia kodów') },
  { name: 'events: a new kind', path: () => panel('/events/types'), shows: 'Możliwe wartości', open: addChoiceField },
  { name: 'challenges', path: () => panel('/goals/challenges'), shows: 'Cztery tygodnie z rzędu' },
  { name: 'thresholds', path: () => panel('/goals/thresholds'), shows: 'Co 1000 punktów' },
  { name: 'badges', path: () => panel('/goals/badges'), shows: '1 osoba ją ma' },
  { name: 'a new badge', path: () => panel('/goals/badges'), shows: 'Za co jest', open: click('Nowa odznaka') },
  { name: 'leaderboards', path: () => panel('/goals/leaderboards'), shows: 'Zgodziło się: 0' },
  { name: 'a new leaderboard', path: () => panel('/goals/leaderboards'), shows: 'Za co są miejsca', open: click('Nowy ranking') },
  { name: 'a leaderboard', path: (shop) => panel(`/leaderboards/${shop.goals.leaderboard}`), shows: 'Nikt jeszcze nie ma wyniku' },
  { name: 'new challenge', path: () => panel('/goals/new/challenge'), shows: 'W próbie' },
  { name: 'new challenge, faults shown', path: () => panel('/goals/new/challenge'), shows: 'Popraw zaznaczone pola', open: click('Zapisz szkic') },
  { name: 'new threshold', path: () => panel('/goals/new/threshold'), shows: 'W próbie' },
  { name: 'a challenge', path: (shop) => panel(`/goals/of/${shop.goals.challenge}`), shows: 'Jak daleko są uczestnicy' },
  { name: 'a threshold', path: (shop) => panel(`/goals/of/${shop.goals.threshold}`), shows: 'W drodze do następnego stopnia' },
  { name: 'changing a challenge', path: (shop) => panel(`/goals/of/${shop.goals.sketch}/edit`), shows: 'W próbie' },
  { name: 'sales targets', path: () => panel('/goals/targets'), shows: 'Żadna zasada nie daje jeszcze punktów' },
  { name: 'a sales target', path: (shop) => panel(`/targets/${shop.targets.sales}`), shows: 'Kto jest jak daleko' },
  { name: 'a sales target, own amounts', path: (shop) => panel(`/targets/${shop.targets.sales}`), shows: 'Możesz wkleić dwie kolumny z arkusza', open: click('Ustaw własne kwoty') },
  { name: 'new sales target', path: () => panel('/targets/new'), shows: 'Cel sam nie daje punktów' },
  { name: 'new sales target, faults shown', path: () => panel('/targets/new'), shows: 'Popraw zaznaczone pola', open: click('Zapisz szkic') },
  { name: 'changing a sales target', path: (shop) => panel(`/targets/${shop.targets.sketch}/edit`), shows: 'Grupy, które biorą udział' },
  { name: 'changing a running sales target', path: (shop) => panel(`/targets/${shop.targets.sales}/edit`), shows: 'Cel już działa' },
  { name: 'a member, moving points', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'tym samym terminem', open: click('Przekaż punkty') },
  { name: 'levels', path: () => panel('/tiers'), shows: 'Teraz naprawdę' },
  { name: 'levels, one more', path: () => panel('/tiers'), shows: 'Poziom 4', open: click('Dodaj poziom') },
  { name: 'a member, giving a level', path: (shop) => panel(`/members/${shop.members.anna}`), shows: 'Lepszy poziom z zakupów zostaje', open: click('Przyznaj poziom') },
  { name: 'a member with a granted level, its history', path: (shop) => panel(`/members/${shop.members.celina}`), shows: 'Setny gość', open: click('Historia poziomów') },
  { name: 'wallets', path: () => panel('/wallets'), shows: 'Zmień portfel' },
  { name: 'new wallet', path: () => panel('/wallets/new'), shows: 'Przykłady' },
  { name: 'changing a wallet', path: () => panel('/wallets/punkty'), shows: 'Zapisz portfel' },
  { name: 'changing a wallet, what it changes', path: () => panel('/wallets/punkty'), shows: 'może pogorszyć', open: (page) => page.getByRole('switch', { name: /przekazywać/ }).press('Space') },
  { name: 'what if', path: (shop) => panel(`/replays?rule=${shop.rules.sketch}`), shows: 'Wcześniejsze sprawdzenia' },
  { name: 'what came of a replay', path: (shop) => panel(`/replays/${shop.replay}`), shows: 'Komu zmieni się najwięcej' },
  { name: 'what came of a replay, as tables', path: (shop) => panel(`/replays/${shop.replay}`), shows: 'Pokaż wykres', open: click('Pokaż tabelę') },
  { name: 'repairs', path: (shop) => panel(`/repairs?rule=${shop.rules.sketch}`), shows: 'Wcześniejsze naprawy' },
  { name: 'a repair to decide on', path: (shop) => panel(`/repairs/${shop.repair}`), shows: 'Zaksięguj różnice' },
  { name: 'booking a repair', path: (shop) => panel(`/repairs/${shop.repair}`), shows: 'Przeczyta go każdy', open: click('Zaksięguj różnice') },
  { name: 'settings, invitations', path: () => panel('/settings/referrals'), shows: 'Ile dni czekać' },
  { name: 'rewards', path: () => panel('/rewards'), shows: 'Kalendarz na przyszły rok' },
  { name: 'new reward', path: () => panel('/rewards/new'), shows: 'Tak ją zobaczy uczestnik' },
  { name: 'a reward', path: (shop) => panel(`/rewards/${shop.reward}`), shows: 'Zapisz nagrodę' },
  { name: 'a reward of some levels', path: (shop) => panel(`/rewards/${shop.dinner}`), shows: 'Dla jakich poziomów' },
  { name: 'orders', path: () => panel('/orders'), shows: 'anulowane' },
  { name: 'new order', path: (shop) => panel(`/orders/new?member=${shop.members.anna}`), shows: 'Po zamówieniu zostanie' },
  { name: 'an order to hand over', path: (shop) => panel(`/orders/${shop.orders.placed}`), shows: 'Bez cukru' },
  { name: 'an order handed over', path: (shop) => panel(`/orders/${shop.orders.confirmed}`), shows: 'Wydane' },
  { name: 'a cancelled order', path: (shop) => panel(`/orders/${shop.orders.cancelled}`), shows: 'Klientka zmieniła zdanie' },
  { name: 'messages', path: () => panel('/messages'), shows: 'do odczytania tutaj' },
  { name: 'settings: program', path: () => panel('/settings/program'), shows: 'Kolor marki' },
  { name: 'settings: staff', path: () => panel('/settings/staff'), shows: 'Marek Zieliński' },
  { name: 'settings: keys', path: () => panel('/settings/keys'), shows: 'Kasa w Rynku' },
  { name: 'settings: other systems', path: () => panel('/settings/webhooks'), shows: 'HTTP 503' },
  { name: 'settings: other systems, adding one', path: () => panel('/settings/webhooks'), shows: 'Adres systemu', open: click('Dodaj adres') },
  { name: 'settings: audit', path: () => panel('/settings/audit'), shows: 'dodano osobę do zespołu' },
  { name: 'no such page', path: () => '/panel/pod-lipa/lody', shows: 'Tej strony nie ma' },
  { name: 'a program out of reach', path: () => '/panel/inny/today', shows: 'Nie masz dostępu do tego programu' },
];

/** The portal of a member with points, history and orders. */
export const portalPages: readonly KnownPage[] = [
  { name: 'home, the level', path: () => portal(), shows: 'Twój poziom' },
  { name: 'home', path: () => portal(), shows: 'Twoje saldo' },
  { name: 'card', path: () => portal('/card'), shows: 'Pokaż kod przy kasie przed zapłatą.' },
  { name: 'history', path: () => portal('/history'), shows: 'Dlaczego?' },
  { name: 'history, why', path: () => portal('/history'), shows: 'Pozycje z paragonu', open: (page) => page.getByRole('button', { name: /98,40/ }).first().click() },
  { name: 'rewards', path: () => portal('/rewards'), shows: 'Na te jeszcze zbierasz' },
  { name: 'a reward', path: (shop) => portal(`/rewards/${shop.reward}`), shows: 'Po zamówieniu na koncie' },
  { name: 'a reward of another level', path: (shop) => portal(`/rewards/${shop.dinner}`), shows: 'Ta nagroda czeka na poziom: Złoty' },
  { name: 'challenges', path: () => portal('/challenges'), shows: 'Twoje odznaki' },
  { name: 'sales targets', path: () => portal('/challenges'), shows: 'Do celu brakuje' },
  { name: 'orders', path: () => portal('/orders'), shows: 'Złożone' },
  { name: 'cancelling an order', path: () => portal('/orders'), shows: 'Zostaw zamówienie', open: click('Anuluj zamówienie') },
  { name: 'a code from a package', path: () => portal('/enter-code'), shows: 'Każdy działa raz' },
  { name: 'reporting works, taken back', path: () => portal('/report'), shows: 'cofnięte' },
  { name: 'reporting works', path: () => portal('/report'), shows: 'Powód: Na zdjęciach nie widać całego parasola' },
  { name: 'reporting works, a field missing', path: () => portal('/report'), shows: 'Uzupełnij pola oznaczone gwiazdką', open: click('Wyślij zgłoszenie') },
  { name: 'reporting works, the pictures', path: () => portal('/report'), shows: 'Naprawa ławek', open: click('Pokaż zdjęcia (2)') },
  { name: 'inviting friends', path: () => portal('/invite'), shows: 'Teraz nie ma punktów za polecenia' },
  { name: 'a code with a mistake', path: () => portal('/enter-code'), shows: 'W tym kodzie jest pomyłka', open: click('Wyślij kod') },
  { name: 'giving points', path: () => portal('/give'), shows: 'Numer uczestnika albo numer jego karty' },
  { name: 'giving points, faults shown', path: () => portal('/give'), shows: 'Wpisz, ile chcesz przekazać.', open: click('Dalej') },
  { name: 'giving points, the question', path: () => portal('/give'), shows: 'Tego nie cofniesz', open: async (page) => {
    await page.getByLabel('Komu').fill('LIPA-0002');
    await page.getByLabel('Ile').fill('5');
    await page.getByRole('button', { name: 'Dalej' }).click();
  } },
  { name: 'messages', path: () => portal('/messages'), shows: 'Kubek termiczny czeka przy ladzie' },
  { name: 'profile', path: () => portal('/profile'), shows: 'W programie od' },
  { name: 'profile, correcting it', path: () => portal('/profile'), shows: 'Język wiadomości', open: click('Zmień dane') },
  { name: 'profile, a new address', path: () => portal('/profile'), shows: 'Wyślemy na niego kod.', open: click('Zmień e-mail') },
  { name: 'profile, leaving for good', path: () => portal('/profile'), shows: 'Stracisz wszystko', open: click('Zamknij konto') },
];

/** A program on its first day: every sentence that stands in place of a list. */
export const emptyPanelPages: readonly KnownPage[] = [
  { name: 'today', path: () => empty('/today'), shows: 'Jeszcze nic tu nie ma' },
  { name: 'programs to choose from', path: () => empty('/today'), shows: 'Twoje programy', open: click('Pusta piekarnia') },
  { name: 'transactions', path: () => empty('/transactions'), shows: 'Nie ma tu jeszcze sprzedaży' },
  { name: 'households', path: () => empty('/circles'), shows: 'Nie ma jeszcze gospodarstw domowych' },
  { name: 'members', path: () => empty('/members?state=blocked'), shows: 'Nie ma jeszcze uczestników' },
  { name: 'levels', path: () => empty('/tiers'), shows: 'Program nie ma jeszcze poziomów' },
  { name: 'levels, the first', path: () => empty('/tiers'), shows: 'Jak się je zdobywa', open: click('Ułóż poziomy') },
  { name: 'rules', path: () => empty('/rules'), shows: 'Nie ma jeszcze żadnej zasady' },
  { name: 'segments', path: () => empty('/segments'), shows: 'Nie ma jeszcze żadnego segmentu' },
  { name: 'product sets', path: () => empty('/product-sets'), shows: 'Nie ma jeszcze żadnego zestawu' },
  { name: 'events: codes', path: () => empty('/events/codes'), shows: 'Nie ma jeszcze kodów' },
  { name: 'events', path: () => empty('/events/types'), shows: 'Nie ma jeszcze własnych zdarzeń' },
  { name: 'challenges', path: () => empty('/goals/challenges'), shows: 'Nie ma jeszcze żadnego wyzwania' },
  { name: 'sales targets', path: () => empty('/goals/targets'), shows: 'Nie ma jeszcze żadnego celu sprzedażowego' },
  { name: 'badges', path: () => empty('/goals/badges'), shows: 'Nie ma jeszcze odznak' },
  { name: 'leaderboards', path: () => empty('/goals/leaderboards'), shows: 'Nie ma jeszcze rankingu' },
  { name: 'what if', path: () => empty('/replays'), shows: 'Nie ma jeszcze żadnego sprawdzenia' },
  { name: 'repairs', path: () => empty('/repairs'), shows: 'Nie było jeszcze żadnej naprawy' },
  { name: 'rewards', path: () => empty('/rewards'), shows: 'Katalog jest pusty' },
  { name: 'orders', path: () => empty('/orders'), shows: 'Nie ma tu zamówień' },
  { name: 'messages', path: () => empty('/messages'), shows: 'Nie ma jeszcze wiadomości' },
];

/** The portal of a member who has just joined a program on its first day. */
export const emptyPortalPages: readonly KnownPage[] = [
  { name: 'home', path: () => emptyPortal(), shows: 'Pokaż kartę przy pierwszych zakupach' },
  { name: 'history', path: () => emptyPortal('/history'), shows: 'Jeszcze nic tu nie ma' },
  { name: 'challenges', path: () => emptyPortal('/challenges'), shows: 'Nie ma teraz wyzwań' },
  { name: 'messages', path: () => emptyPortal('/messages'), shows: 'Nie ma jeszcze wiadomości' },
  { name: 'rewards', path: () => emptyPortal('/rewards'), shows: 'Nagród jeszcze nie ma' },
  { name: 'orders', path: () => emptyPortal('/orders'), shows: 'Nie masz jeszcze zamówień' },
];

async function askForStaffCode(page: Page): Promise<void> {
  await page.getByLabel('Adres e-mail').fill(OWNER.email);
  await click('Wyślij kod')(page);
}

async function chooseBirthday(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Za co są punkty' }).click();
  await page.getByRole('option', { name: 'Urodziny', exact: true }).click();
}

async function addChoiceField(page: Page): Promise<void> {
  await click('Dodaj zdarzenie')(page);
  await click('Dodaj pole')(page);
  await page.getByRole('combobox', { name: 'Rodzaj' }).click();
  await page.getByRole('option', { name: 'wybór', exact: true }).click();
}

async function askForMemberCode(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('anna.wisniewska@poczta.example');
  await click('Wyślij kod')(page);
}

async function typeSale(page: Page): Promise<void> {
  await page.getByText('Pozycje z paragonu').click();
  await page.getByRole('textbox', { name: 'Nazwa' }).fill('Latte');
  await page.getByRole('textbox', { name: 'Kategoria' }).fill('kawa');
  await page.getByRole('textbox', { name: 'Wartość' }).fill('16,50');
}
