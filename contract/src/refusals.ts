import { formatDate, formatDecimal, NBSP, plural } from '@wracam/engine/words';

/**
 * Every expected "no": status, then the sentence and the way out in Polish and in English.
 * `{name}` is filled from the refusal's parameters; `{days|dzień|dni|dni}` and `{days|day|days}` are the number with the form of the noun that goes with it.
 */
type Words = readonly [sentence: string, wayOut: string];
type Refusal = { readonly status: number; readonly pl: Words; readonly en: Words };

export const refusals = {
  invalid_request: { status: 400, pl: ['Niektóre pola są nieprawidłowe.', 'Popraw wskazane pola i wyślij jeszcze raz.'], en: ['Some fields are not valid.', 'Correct the fields named in errors and send the request again.'] },
  invalid_json: { status: 400, pl: ['To nie jest poprawny JSON w UTF-8.', 'Sprawdź treść żądania.'], en: ['The body is not valid JSON in UTF-8.', 'Check the body of the request.'] },
  body_too_large: { status: 413, pl: ['Żądanie jest za duże.', 'Wyślij mniej naraz: najwyżej 4 MB.'], en: ['The request is too large.', 'Send less at once: at most 4 MB.'] },
  unsupported_media_type: { status: 415, pl: ['Przyjmujemy tylko JSON.', 'Ustaw nagłówek Content-Type: application/json.'], en: ['Only JSON is accepted.', 'Set Content-Type: application/json.'] },
  not_signed_in: { status: 401, pl: ['Nie rozpoznajemy, kto pyta.', 'Zaloguj się albo podaj klucz API.'], en: ['We do not know who is asking.', 'Sign in or send an API key.'] },
  not_allowed: { status: 403, pl: ['Brakuje uprawnienia: {permission}.', 'Poproś właściciela programu o to uprawnienie.'], en: ['The permission {permission} is missing.', 'Ask the owner of the program for it.'] },
  not_found: { status: 404, pl: ['Nie ma tu niczego takiego.', 'Sprawdź adres lub numer.'], en: ['There is nothing like that here.', 'Check the address or the number.'] },
  origin_refused: { status: 403, pl: ['To żądanie przyszło z obcej strony.', 'Otwórz panel lub portal i spróbuj stamtąd.'], en: ['This request came from a foreign page.', 'Open the panel or the portal and try from there.'] },
  too_many_requests: { status: 429, pl: ['Za dużo prób.', 'Spróbuj ponownie za {wait}.'], en: ['Too many attempts.', 'Try again in {wait}.'] },
  busy: { status: 503, pl: ['Serwer ma teraz za dużo pracy.', 'Ponów to samo żądanie za chwilę; nic się nie podwoi.'], en: ['The server has too much work just now.', 'Repeat the same request in a moment; nothing will be doubled.'] },
  database_away: { status: 503, pl: ['Baza danych jest chwilowo niedostępna.', 'Ponów to samo żądanie za chwilę; nic się nie podwoi.'], en: ['The database is away for a moment.', 'Repeat the same request in a moment; nothing will be doubled.'] },
  internal: { status: 500, pl: ['Coś poszło nie tak po naszej stronie.', 'Podaj numer {requestId}, gdy będziesz to zgłaszać.'], en: ['Something went wrong on our side.', 'Quote {requestId} when you report it.'] },
  idempotency_mismatch: { status: 422, pl: ['Ten Idempotency-Key należy już do innej treści.', 'Użyj nowego klucza dla nowej treści.'], en: ['This Idempotency-Key belongs to a different body.', 'Use a new key for a new body.'] },
  idempotency_key_invalid: { status: 400, pl: ['Idempotency-Key musi mieć od 1 do 200 znaków ASCII bez spacji.', 'Najlepiej użyj UUID.'], en: ['An Idempotency-Key has 1 to 200 ASCII characters and no spaces.', 'A UUID is best.'] },

  code_wrong: { status: 401, pl: ['Ten kod nie pasuje albo już wygasł.', 'Sprawdź ostatnią wiadomość albo poproś o nowy kod.'], en: ['This code does not match or has expired.', 'Look at the latest message or ask for a new code.'] },
  link_used: { status: 401, pl: ['Ten link już wykorzystano albo wygasł.', 'Poproś o nowy kod na swój adres e-mail.'], en: ['This link was used already or has expired.', 'Ask for a new code to your e-mail address.'] },
  staff_exists: { status: 409, pl: ['Ta osoba ma już dostęp do programu.', 'Zmień jej rolę na liście.'], en: ['This person already has access to the program.', 'Change the role on the list.'] },
  last_owner: { status: 409, pl: ['Program musi mieć przynajmniej jednego właściciela.', 'Najpierw nadaj tę rolę komuś innemu.'], en: ['A program needs at least one owner.', 'Give the role to somebody else first.'] },
  secret_shown_once: { status: 409, pl: ['Ten klucz już powstał, a jego treść pokazujemy tylko raz.', 'Odwołaj go i zrób nowy, jeśli treść się nie zachowała.'], en: ['This key exists already, and its secret is shown only once.', 'Revoke it and make a new one if the secret was not kept.'] },
  webhook_address_wrong: { status: 400, pl: ['Pod ten adres nie możemy nic wysłać.', 'Podaj publiczny adres, który zaczyna się od https://. Adresy własnej sieci dopuszcza ustawienie WRACAM_WEBHOOKS=private.'], en: ['Nothing can be sent to this address.', 'Give a public address that begins with https://. The setting WRACAM_WEBHOOKS=private lets addresses of your own network in.'] },
  webhook_delivery_not_failed: { status: 409, pl: ['To powiadomienie nie jest porzucone: doszło albo jest w drodze.', 'Wysłać ponownie można tylko nieodebrane.'], en: ['This notice is not given up: it arrived or is on its way.', 'Only one that was not taken can be sent again.'] },
  webhook_off: { status: 409, pl: ['Ten adres jest wyłączony.', 'Najpierw go włącz.'], en: ['This address is switched off.', 'Switch it on first.'] },
  webhooks_too_many: { status: 409, pl: ['Adresów może być najwyżej {max}.', 'Zmień jeden z tych, które już są.'], en: ['There can be at most {max|address|addresses}.', 'Change one of those that are there.'] },
  program_exists: { status: 409, pl: ['Program o tym kodzie już istnieje.', 'Wybierz inny kod.'], en: ['A program with this code exists already.', 'Choose another code.'] },

  member_unknown: { status: 404, pl: ['Nie ma takiego uczestnika.', 'Sprawdź numer albo dodaj uczestnika.'], en: ['There is no such member.', 'Check the identifier or add the member.'] },
  member_blocked: { status: 409, pl: ['Konto uczestnika jest zablokowane.', 'Odblokuj je na karcie uczestnika, jeśli powód ustał.'], en: ['The member is blocked.', 'Unblock on the member’s page if the reason is gone.'] },
  member_closed: { status: 409, pl: ['Konto uczestnika jest zamknięte.', 'Zamkniętego konta nie da się używać; uczestnik może dołączyć od nowa.'], en: ['The member’s account is closed.', 'A closed account cannot be used; the person may join again.'] },
  identifier_taken: { status: 409, pl: ['To należy już do innego uczestnika: {field}.', 'Wyszukaj tego uczestnika zamiast dodawać nowego.'], en: ['This belongs to another member already: {field}.', 'Look that member up instead of adding a new one.'] },
  identifier_needed: { status: 400, pl: ['Podaj telefon, e-mail, kartę, numer albo identyfikator zewnętrzny.', 'Bez tego nie odnajdziemy uczestnika.'], en: ['Give a phone, an e-mail, a card, a number or an external id.', 'Without one the member could not be found again.'] },
  phone_invalid: { status: 400, pl: ['To nie jest numer telefonu.', 'Podaj 9 cyfr albo numer z kierunkowym, np. +48 601 234 567.'], en: ['This is not a phone number.', 'Give 9 digits or a number with its country code, such as +48 601 234 567.'] },
  card_unknown: { status: 404, pl: ['Uczestnik nie ma takiej czynnej karty.', 'Wybierz kartę z listy.'], en: ['The member has no such active card.', 'Choose a card from the list.'] },
  circle_unknown: { status: 404, pl: ['Nie ma takiego gospodarstwa domowego ani takiej firmy.', 'Wybierz z listy albo dodaj nowe.'], en: ['There is no such household or company.', 'Choose one of the list or add one.'] },
  circle_exists: { status: 409, pl: ['Firma o tej nazwie już jest na liście.', 'Wybierz ją z listy albo podaj inną nazwę.'], en: ['A company of this name is on the list already.', 'Choose it from the list or give another name.'] },
  circle_not_empty: { status: 409, pl: ['Ktoś jeszcze tu należy.', 'Najpierw przenieś albo wypisz wszystkich: {members}.'], en: ['Somebody still belongs here.', 'Move or take out all of them first: {members}.'] },
  terms_version_unknown: { status: 409, pl: ['Nie ma takiej wersji regulaminu. Obowiązuje wersja {current}.', 'Pokaż uczestnikowi obowiązujący regulamin.'], en: ['There is no such version of the terms. Version {current} is in force.', 'Show the member the terms in force.'] },

  document_differs: { status: 409, pl: ['Dokument o tym numerze jest już zapisany z inną treścią.', 'Zmianę wyślij jako korektę.'], en: ['A document with this number is booked with a different content.', 'Send a change as a correction.'] },
  currency_wrong: { status: 400, pl: ['Program prowadzi rachunek w {expected}.', 'Wyślij kwoty w {expected}.'], en: ['The program counts in {expected}.', 'Send amounts in {expected}.'] },
  occurred_in_future: { status: 400, pl: ['Data zakupu jest w przyszłości.', 'Sprawdź zegar kasy.'], en: ['The date is in the future.', 'Check the till’s clock.'] },
  occurred_too_long_ago: { status: 400, pl: ['Data zakupu jest zbyt odległa.', 'Dokumenty sprzed {earliest} wczytaj poleceniem importu.'], en: ['The date is too long ago.', 'Load documents before {earliest} with the import command.'] },
  lines_differ_from_total: { status: 400, pl: ['Suma pozycji nie równa się kwocie razem.', 'Popraw pozycje albo kwotę.'], en: ['The lines do not add up to the total.', 'Correct the lines or the total.'] },
  line_repeated: { status: 400, pl: ['Dwie pozycje mają ten sam lineId: {lineId}.', 'Nadaj każdej pozycji własny lineId.'], en: ['Two lines share the lineId {lineId}.', 'Give each line its own lineId.'] },
  payments_exceed_total: { status: 400, pl: ['Płatności przekraczają kwotę razem.', 'Popraw płatności.'], en: ['The payments exceed the total.', 'Correct the payments.'] },
  payment_incomplete: { status: 400, pl: ['Płatność punktami potrzebuje liczby punktów i uczestnika.', 'Uzupełnij pole points i wskaż uczestnika.'], en: ['A payment with points needs the number of points and a member.', 'Fill in points and name the member.'] },
  transaction_not_claimable: { status: 409, pl: ['Tej transakcji nie można już przypisać.', 'Przypisać można sprzedaż bez uczestnika, do {days|dnia|dni|dni} od zakupu.'], en: ['This transaction cannot be claimed.', 'A sale without a member can be claimed within {days|day|days}.'] },
  transaction_not_voidable: { status: 409, pl: ['Tego dokumentu nie można cofnąć.', 'Cofnąć można, raz, sprzedaż, zdarzenie i zwrot. Najpierw cofnij zwroty tej sprzedaży. Korektę zwrotu zmienia następna korekta.'], en: ['This document cannot be undone.', 'A sale, an event and a return can be undone, once. Undo the returns of this sale first. A correction of a return is changed by another correction.'] },
  return_corrected: { status: 409, pl: ['Ten zwrot ma już korektę albo zwrot do niego.', 'Wyślij z kasy jego korektę na kwotę 0: wtedy jest tak, jakby zwrotu nie było.'], en: ['This return has a correction already, or a return of its own.', 'Send its correction to the amount 0 from the till: then it is as if the return had never been.'] },
  return_repeated: { status: 409, pl: ['Ten sam towar zwraca jeszcze inny zwrot, który już nic nie zabrał.', 'Cofnij najpierw tamten. Jeżeli żadnego zwrotu nie było, cofnij potem i ten.'], en: ['Another return is of the same goods, and had nothing left to take.', 'Undo that one first. If there was no return at all, then undo this one too.'] },
  document_undone: { status: 409, pl: ['Ten zwrot albo sprzedaż, której dotyczy, są już cofnięte.', 'Nie ma czego poprawiać. Jeżeli towar wrócił, zapisz nowy zwrot, pod nowym numerem.'], en: ['This return, or the sale that it is of, is undone already.', 'There is nothing to correct. If goods came back, record a new return under a new number.'] },
  transaction_not_markable: { status: 409, pl: ['Tego dokumentu nie można tak oznaczyć.', 'Oznaczyć można sprzedaż, która nie jest unieważniona.'], en: ['This document cannot be marked like that.', 'A sale that is not voided can be marked.'] },

  wallet_unknown: { status: 400, pl: ['Program nie ma portfela {wallet}.', 'Wybierz jeden z portfeli programu.'], en: ['The program has no wallet {wallet}.', 'Choose one of the program’s wallets.'] },
  wallet_exists: { status: 409, pl: ['Portfel o tym kodzie już istnieje.', 'Wybierz inny kod.'], en: ['A wallet with this code exists already.', 'Choose another code.'] },
  wallet_not_spendable: { status: 409, pl: ['W portfelu „{wallet}” nic się nie wydaje: tylko liczy dorobek.', 'Wybierz portfel, z którego można płacić.'], en: ['Nothing is spent from the wallet “{wallet}”: it only counts.', 'Choose a wallet that can be spent.'] },
  wallet_policy_wrong: { status: 400, pl: ['Te ustawienia portfela wykluczają się.', 'Popraw wskazane pola.'], en: ['These settings of the wallet contradict each other.', 'Correct the fields named in errors.'] },
  wallet_in_use: { status: 409, pl: ['W tym portfelu są już konta albo zasady z własną ważnością, więc nie może zacząć wygasać po bezczynności.', 'Dodaj nowy portfel z taką ważnością.'], en: ['This wallet has accounts already, or rules with an expiry of their own, so it cannot start to expire by inactivity.', 'Add a new wallet with that expiry.'] },
  transfers_not_allowed: { status: 409, pl: ['W tym portfelu nie można przekazywać punktów.', 'Wybierz inny portfel.'], en: ['Points of this wallet cannot be moved to another member.', 'Choose another wallet.'] },
  transfer_below_minimum: { status: 409, pl: ['Przekazać można najmniej {minimum} naraz.', 'Podaj większą liczbę.'], en: ['At least {minimum} are moved at once.', 'Give a larger number.'] },
  transfer_limit_reached: { status: 409, pl: ['Dziś możesz przekazać jeszcze {left}, a przekazań zostało {times}.', 'Podaj mniejszą liczbę albo spróbuj jutro.'], en: ['Today {left} more can be moved, in {times|more transfer|more transfers}.', 'Give a smaller number or try tomorrow.'] },
  transfer_recipient_wrong: { status: 409, pl: ['Tej osobie nie można przekazać punktów.', 'Sprawdź numer karty, uczestnika albo telefonu.'], en: ['Points cannot be moved to this person.', 'Check the number of the card, the member or the phone.'] },
  points_not_enough: { status: 409, pl: ['Brakuje punktów: {missing}.', 'Wybierz coś tańszego albo zbierz brakujące punkty.'], en: ['{missing|point is|points are} missing.', 'Choose something cheaper or earn the missing points.'] },
  adjust_limit_exceeded: { status: 403, pl: ['Możesz ręcznie zmienić najwyżej {limit|punkt|punkty|punktów} naraz.', 'Poproś menedżera o tę zmianę.'], en: ['You may adjust at most {limit|point|points} at once.', 'Ask a manager to do it.'] },
  adjust_day_limit_reached: { status: 403, pl: ['W ciągu dnia możesz ręcznie zmienić razem najwyżej {limit|punkt|punkty|punktów}. Na dziś zostało Ci {left}.', 'Poproś o tę zmianę kogoś z wyższym limitem albo zrób ją jutro.'], en: ['You may adjust at most {limit|point|points} a day in all. {left|is|are} left for today.', 'Ask somebody with a higher limit, or do it tomorrow.'] },
  adjust_own_account: { status: 403, pl: ['Na własnym koncie nie możesz tego zrobić.', 'Poproś o to inną osobę.'], en: ['You cannot do this on your own account.', 'Ask somebody else to do it.'] },
  transfer_not_reversible: { status: 409, pl: ['Tego ruchu punktów nie da się cofnąć.', 'Cofnąć można ręczną zmianę, raz i póki punkty są na koncie. Sprzedaż cofa zwrot, zamówienie – anulowanie.'], en: ['This movement cannot be reversed.', 'An adjustment can be reversed once, while its points are still there. Undo a sale with a return and an order by cancelling it.'] },
  hold_resolved: { status: 409, pl: ['Ta rezerwacja punktów jest już zamknięta ({state}).', 'Zrób nową rezerwację.'], en: ['This hold is resolved already ({state}).', 'Make a new hold.'] },
  account_suspended: { status: 409, pl: ['Wydawanie punktów z tego konta jest wstrzymane do wyjaśnienia.', 'Skontaktuj się z obsługą programu: menedżer przywróci je na karcie uczestnika, gdy wyjaśni różnicę.'], en: ['Spending from this account is stopped until it is cleared.', 'Contact the program’s helpline: a manager lifts it on the member’s page once the difference is explained.'] },

  rule_changed_meanwhile: { status: 412, pl: ['Ktoś zmienił to przed chwilą.', 'Otwórz jeszcze raz, żeby zobaczyć obecną wersję.'], en: ['Somebody changed this a moment ago.', 'Open it again to see the present version.'] },
  rule_state_wrong: { status: 409, pl: ['W tym stanie zasady nie można tego zrobić ({state}).', 'Odśwież stronę i wybierz dostępną czynność.'], en: ['This cannot be done with a rule that is {state}.', 'Reload and choose an available action.'] },
  notice_too_short: { status: 409, pl: ['Ta zmiana może pogorszyć warunki uczestników, a program zapowiada takie zmiany {days|dzień|dni|dni} wcześniej.', 'Wybierz dzień nie wcześniejszy niż {earliest} albo potwierdź, że robisz to mimo krótszego terminu.'], en: ['This change may lower what members get, and the program gives {days|day’s|days’} notice of such changes.', 'Choose a day not before {earliest}, or confirm that it is done with less notice.'] },
  approval_not_yours: { status: 403, pl: ['Zatwierdzić musi inna osoba niż ta, która zmianę zgłosiła, także własnym kluczem API. Klucz API niczego nie zatwierdza.', 'Poproś kogoś z zespołu, kto może zmieniać zasady.'], en: ['Somebody other than the one who proposed it, be it by an own API key, has to approve. An API key never approves.', 'Ask somebody of the team who may change rules.'] },
  nothing_to_publish: { status: 409, pl: ['Nie ma szkicu do opublikowania.', 'Zmień ustawienia i zapisz szkic.'], en: ['There is no draft to publish.', 'Change the settings and save a draft.'] },
  nothing_to_approve: { status: 409, pl: ['Nic tu nie czeka na zatwierdzenie.', 'Odśwież stronę, żeby zobaczyć obecny stan.'], en: ['Nothing waits for approval here.', 'Reload to see how things stand.'] },
  rule_kept: { status: 409, pl: ['O tej zasadzie mówi naprawa punktów, więc nie może zniknąć.', 'Zmień jej nazwę albo zostaw szkic, którego nikt nie opublikuje.'], en: ['A repair of points names this rule, so it cannot go.', 'Rename it, or leave a draft that nobody publishes.'] },
  rule_starts_in_past: { status: 409, pl: ['Zasada nie może działać wstecz.', 'Wybierz chwilę obecną albo późniejszą.'], en: ['A rule cannot start in the past.', 'Choose now or later.'] },
  rule_stops_before: { status: 409, pl: ['Ta zasada przestaje działać {on}, więc zmiana na później nie weszłaby w życie.', 'Wybierz wcześniejszy dzień albo najpierw odwołaj zatrzymanie zasady.'], en: ['This rule stops on {on}, so a change for later would never be in force.', 'Choose an earlier day, or call the stop off first.'] },
  product_set_exists: { status: 409, pl: ['Zestaw o tej nazwie już istnieje.', 'Wybierz inną nazwę albo zmień kody w istniejącym zestawie.'], en: ['A set with this name exists already.', 'Choose another name or change the codes of the existing set.'] },
  product_set_unknown: { status: 400, pl: ['Nie ma zestawu produktów „{name}”.', 'Wybierz zestaw z listy albo dodaj nowy.'], en: ['There is no product set “{name}”.', 'Choose a set of the list or add one.'] },
  product_set_full: { status: 409, pl: ['Zestaw miałby {size|kod|kody|kodów}, a może mieć najwyżej {limit}.', 'Podziel go na dwa zestawy.'], en: ['The set would have {size|code|codes}; it may have at most {limit}.', 'Split it into two sets.'] },
  segment_exists: { status: 409, pl: ['Segment o tej nazwie już istnieje.', 'Wybierz inną nazwę albo zmień istniejący segment; może być w archiwum.'], en: ['A segment with this name exists already.', 'Choose another name or change the segment that exists; it may be archived.'] },
  segment_unknown: { status: 400, pl: ['Nie ma segmentu „{name}” albo jest w archiwum.', 'Wybierz segment z listy albo dodaj nowy.'], en: ['There is no segment “{name}”, or it is archived.', 'Choose a segment of the list or add one.'] },
  segment_in_use: { status: 409, pl: ['O ten segment pyta „{rule}”.', 'Zmień tam warunki albo zakończ tę zasadę lub ten cel, a potem przenieś segment do archiwum.'], en: ['“{rule}” asks for this segment.', 'Change the conditions there or end that rule or goal, then archive the segment.'] },
  segment_badge_for_goal: { status: 409, pl: ['O ten segment pyta cel „{goal}”, a cel nie może pytać o odznaki, bo sam je daje.', 'Zostaw w segmencie warunki bez odznak albo zmień w celu, kto bierze udział.'], en: ['The goal “{goal}” asks for this segment, and a goal may not ask for badges, for it gives them itself.', 'Leave conditions without badges in the segment, or change who takes part in the goal.'] },
  segment_archived: { status: 409, pl: ['Ten segment jest w archiwum.', 'Przywróć go, zanim go zmienisz.'], en: ['This segment is archived.', 'Restore it before changing it.'] },
  event_type_exists: { status: 409, pl: ['Zdarzenie o tym kodzie już istnieje.', 'Wybierz inny kod albo zmień istniejące zdarzenie.'], en: ['An event with this code exists already.', 'Choose another code or change the existing event.'] },
  event_type_unknown: { status: 400, pl: ['Program nie zna zdarzenia {type}.', 'Wybierz zdarzenie z listy albo dodaj własne.'], en: ['The program knows no event {type}.', 'Choose one of the list or add your own.'] },
  event_automatic: { status: 409, pl: ['To zdarzenie program zapisuje sam: {type}.', 'Nie wysyłaj go, bo liczyłoby się dwa razy.'], en: ['The program books this event itself: {type}.', 'Do not send it: it would count twice.'] },
  event_not_reported: { status: 409, pl: ['Tego zdarzenia nie zgłasza się ze zdjęciami: {type}.', 'Wybierz takie, które można zgłosić.'], en: ['This event is not reported with pictures: {type}.', 'Choose one that can be reported.'] },
  picture_wrong: { status: 400, pl: ['To nie jest zdjęcie JPEG, PNG ani WebP do {kilobytes} kB.', 'Wybierz inne zdjęcie albo je zmniejsz.'], en: ['This is not a JPEG, PNG or WebP picture of up to {kilobytes} kB.', 'Choose another picture or make it smaller.'] },
  work_reports_waiting: { status: 409, pl: ['Na sprawdzenie czeka już tyle zgłoszeń: {limit}.', 'Poczekaj, aż obsługa je przejrzy.'], en: ['So many reports are waiting to be looked at already: {limit}.', 'Wait until staff have looked at them.'] },
  work_report_decided: { status: 409, pl: ['To zgłoszenie jest już rozpatrzone.', 'Odśwież stronę, żeby zobaczyć decyzję.'], en: ['This report is decided already.', 'Reload to see the decision.'] },
  badge_code_taken: { status: 409, pl: ['Inna odznaka ma już ten kod.', 'Wybierz inny kod.'], en: ['Another badge has this code already.', 'Choose another code.'] },
  badge_code_in_use: { status: 409, pl: ['Pod tym kodem zna odznakę zasada „{rule}”.', 'Zostaw kod taki, jaki jest; nazwę i wygląd możesz zmienić.'], en: ['The rule “{rule}” knows the badge by this code.', 'Leave the code as it is; its name and picture can be changed.'] },
  goal_ends_before: { status: 409, pl: ['Ten cel kończy się {on}, więc zmiana na później nie weszłaby w życie.', 'Wybierz wcześniejszy dzień albo najpierw odwołaj zakończenie.'], en: ['This goal ends on {on}, so a change for later would never be in force.', 'Choose an earlier day, or call the end off first.'] },
  goal_state_wrong: { status: 409, pl: ['W tym stanie nie można tego zrobić ({state}).', 'Odśwież stronę i wybierz dostępną czynność.'], en: ['This cannot be done in the state {state}.', 'Reload and choose an available action.'] },
  target_code_taken: { status: 409, pl: ['Inny cel ma już ten kod.', 'Wybierz inny kod.'], en: ['Another target has this code already.', 'Choose another code.'] },
  target_terms_fixed: { status: 409, pl: ['Ten cel już działa, więc nie można zmienić tego, co i komu się liczy.', 'Zmienić można nazwę, opis, grupy, kwoty i ostatni dzień. Na nowe warunki zrób nowy cel.'], en: ['This target is running: what it counts, and for whom, cannot be changed.', 'Its name, description, groups, amounts and last day can. Make a new target for other terms.'] },
  target_participant_unknown: { status: 400, pl: ['Nie znamy: {name}.', 'Popraw ten wiersz: numer uczestnika, nazwa firmy albo nazwa grupy.'], en: ['Nobody is known as {name}.', 'Correct the row: a member’s number, a company’s or a group’s name.'] },
  nickname_taken: { status: 409, pl: ['Ten pseudonim ma już ktoś inny.', 'Wybierz inny pseudonim.'], en: ['Somebody else has this nickname.', 'Choose another nickname.'] },
  coupon_unknown: { status: 404, pl: ['Nie ma takiego kuponu albo został cofnięty.', 'Sprawdź kod z uczestnikiem.'], en: ['There is no such coupon, or it was taken back.', 'Check the code with the member.'] },
  coupon_used: { status: 409, pl: ['Ten kupon wykorzystano już {on}.', 'Jeden kupon działa raz; sprawdź, czy uczestnik ma inny.'], en: ['This coupon was used on {on}.', 'A coupon works once; see whether the member has another.'] },
  package_code_wrong: { status: 404, pl: ['Nie ma takiego kodu.', 'Sprawdź każdą literę: w kodach nie ma zera, jedynki ani liter O, I, L.'], en: ['There is no such code.', 'Check each letter: codes have no zero, no one and no letters O, I, L.'] },
  package_code_used: { status: 409, pl: ['Ten kod jest już wykorzystany.', 'Każdy kod działa raz. Weź kod z innego opakowania.'], en: ['This code is used already.', 'A code works once. Take one from another package.'] },
  package_code_over: { status: 409, pl: ['Ten kod stracił ważność.', 'Akcja z tymi kodami już się skończyła.'], en: ['This code is no longer valid.', 'The promotion with these codes is over.'] },
  package_code_early: { status: 409, pl: ['Ten kod zadziała od {from}.', 'Zachowaj opakowanie i wróć tego dnia.'], en: ['This code works from {from}.', 'Keep the package and come back on that day.'] },
  replay_running: { status: 409, pl: ['Jedno sprawdzanie na historii już trwa.', 'Poczekaj, aż się skończy, albo je przerwij.'], en: ['A replay of history is running already.', 'Wait until it ends, or cancel it.'] },
  repair_running: { status: 409, pl: ['Inna naprawa punktów jeszcze trwa.', 'Poczekaj, aż się skończy, albo ją przerwij.'], en: ['Another repair of points is still under way.', 'Wait until it ends, or cancel it.'] },
  repair_state_wrong: { status: 409, pl: ['W tym stanie nie można tego zrobić ({state}).', 'Odśwież stronę i wybierz dostępną czynność.'], en: ['This cannot be done in the state {state}.', 'Reload and choose an available action.'] },
  repair_not_exact: { status: 409, pl: ['Nie wszystkie dokumenty da się policzyć od nowa co do punktu (innych niż w księdze: {differing}, pierwszy to {document}), więc nie zaksięgujemy różnic.', 'Sprawdź ten dokument, a punkty popraw ręcznie u uczestników, których to dotyczy.'], en: ['Not every document can be decided again to the point (unlike the ledger: {differing}, the first is {document}), so the differences are not booked.', 'Look at that document, and adjust the points of the members concerned by hand.'] },
  repair_built_on: { status: 409, pl: ['Na tych samych kontach stoi późniejsza naprawa: zasady „{rule}”, za dni od {from} do {until}, zaksięgowana {booked}. Liczyła się już z tą.', 'Najpierw cofnij tamtą, potem tę.'], en: ['A later repair stands on the same accounts: of the rule “{rule}”, for the days from {from} to {until}, booked on {booked}. It was counted with this one in place.', 'Undo that one first, then this one.'] },
  repair_outdated: { status: 409, pl: ['Od policzenia tej naprawy zaksięgowano albo cofnięto inną.', 'Policz ją jeszcze raz.'], en: ['Another repair was booked or undone since this one was counted.', 'Count it again.'] },
  reward_not_offered: { status: 409, pl: ['Ta nagroda nie jest teraz dostępna.', 'Wybierz inną nagrodę.'], en: ['This reward is not offered now.', 'Choose another reward.'] },
  stock_not_enough: { status: 409, pl: ['Zostało tylko {left} szt.', 'Zmniejsz liczbę albo wybierz inną nagrodę.'], en: ['Only {left} left.', 'Take fewer or choose another reward.'] },
  reward_level_needed: { status: 409, pl: ['Ta nagroda jest dla poziomu: {levels}.', 'Wybierz inną nagrodę albo zbieraj dalej: otworzy się z tym poziomem.'], en: ['This reward is for the level: {levels}.', 'Choose another reward, or keep collecting: it opens with that level.'] },
  reward_limit_reached: { status: 409, pl: ['Limit tej nagrody dla jednej osoby to {limit} szt.', 'Wybierz inną nagrodę.'], en: ['One person may take at most {limit} of this reward.', 'Choose another reward.'] },
  one_wallet_an_order: { status: 400, pl: ['Za jedno zamówienie płaci się z jednego portfela.', 'Rozdziel nagrody na dwa zamówienia.'], en: ['One order is paid from one wallet.', 'Split the rewards into two orders.'] },
  order_state_wrong: { status: 409, pl: ['Zamówienie jest już w stanie: {state}.', 'Odśwież stronę.'], en: ['The order is {state} already.', 'Reload the page.'] },
  order_not_cancellable: { status: 409, pl: ['To zamówienie jest już zatwierdzone.', 'Poproś obsługę o anulowanie.'], en: ['This order is confirmed already.', 'Ask the helpline to cancel it.'] },

  tiers_none: { status: 409, pl: ['Program nie ma jeszcze obowiązujących poziomów.', 'Opublikuj je w części Poziomy.'], en: ['The program has no levels in force yet.', 'Publish them under Levels.'] },
  tier_unknown: { status: 400, pl: ['Program nie ma poziomu {tier}.', 'Wybierz jeden z poziomów programu.'], en: ['The program has no level {tier}.', 'Choose one of the program’s levels.'] },
  tier_grant_ended: { status: 400, pl: ['Data końca jest w przeszłości.', 'Podaj dzisiejszy albo późniejszy dzień.'], en: ['The end date is in the past.', 'Give today or a later day.'] },
  tier_not_granted: { status: 409, pl: ['Ten uczestnik nie ma poziomu przyznanego ręcznie.', 'Poziom z zakupów zmienia się tylko z zakupami.'], en: ['This member has no level that was given by hand.', 'A level that comes from purchases changes with purchases alone.'] },

  clock_live: { status: 409, pl: ['Zegar można przesuwać tylko w programie testowym.', 'Załóż program testowy: npx wracam programs create --test.'], en: ['Only a test program has a clock of its own.', 'Create a test program: npx wracam programs create --test.'] },
  clock_backwards: { status: 409, pl: ['Zegar idzie tylko do przodu. Teraz jest {now}.', 'Podaj późniejszą chwilę.'], en: ['The clock only moves forward. It is {now}.', 'Give a later instant.'] },
  clock_too_far: { status: 409, pl: ['Naraz można przejść najwyżej 400 dni.', 'Przesuń zegar w kilku krokach.'], en: ['One step is at most 400 days.', 'Move the clock in several steps.'] },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;
export type Language = 'pl' | 'en';
export type RefusalParams = Record<string, string | number>;

/** A day as machines write it; people read "21 listopada 2026". */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FILLED = /\{(\w+)(?:\|([^}]*))?\}/g;

/** Polish has three forms of a noun, English two. */
function counted(n: number, forms: readonly string[], language: Language): string {
  const [one = '', few = one, many = few] = forms;
  return `${formatDecimal(n, 0, language)}${NBSP}${plural(n, { one, few, many, fraction: few }, language)}`;
}

function fill(sentence: string, language: Language, params: RefusalParams): string {
  return sentence.replace(FILLED, (whole, name: string, forms?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (forms !== undefined) return counted(Number(value), forms.split('|'), language);
    return typeof value === 'string' && DAY.test(value) ? formatDate(value, language) : String(value);
  });
}

/** A sentence for a reader of the description, who has no number yet: "at most {limit} points". */
export const unfilled = (sentence: string): string => sentence.replace(FILLED, (_, name: string, forms?: string) => (forms === undefined ? `{${name}}` : `{${name}} ${forms.slice(forms.lastIndexOf('|') + 1)}`));

const WAITS = { pl: [['sekundę', 'sekundy', 'sekund'], ['minutę', 'minuty', 'minut']], en: [['second', 'seconds'], ['minute', 'minutes']] } as const;

/** Nobody counts 3583 seconds: from two minutes on it is minutes, the last begun one too. */
function waitWords(seconds: number, language: Language): string {
  const [ofSeconds, ofMinutes] = WAITS[language];
  return seconds < 120 ? counted(seconds, ofSeconds, language) : counted(Math.ceil(seconds / 60), ofMinutes, language);
}

/** The refusal in words of the language, with its parameters filled in; `seconds` is `{wait}` in words. */
export function refusalWords(refusal: RefusalCode, language: Language, params: RefusalParams = {}): { sentence: string; wayOut: string } {
  const [sentence, wayOut] = refusals[refusal][language];
  const told = params['seconds'] === undefined ? params : { ...params, wait: waitWords(Number(params['seconds']), language) };
  return { sentence: fill(sentence, language, told), wayOut: fill(wayOut, language, told) };
}
