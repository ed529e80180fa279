import { expect, it } from 'vitest';
import { POINT_WORDS, type Lang } from '../words.ts';
import { sayRule, type SayOptions } from './say-rule.ts';

/** What the program calls its goods, levels and segments in each language. */
const NAMES = [['Kawa', 'Coffee'], ['Herbata', 'Tea'], ['Kawa ziarnista', 'Coffee beans'], ['Ciasta', 'Cakes'], ['Wina', 'Wines'], ['Papierosy', 'Cigarettes'], ['Drożdżówki', 'Pastries']] as const;
const GUESTS = ['Stali goście', 'Faithful guests'] as const;
const options = (lang: Lang): SayOptions => {
  const own = lang === 'pl' ? 0 : 1;
  return {
    lang, currency: 'PLN', unit: POINT_WORDS[lang], today: '2026-11-22', known: {
      categories: NAMES.map((name) => name[own]), brands: ['Palarnia Północ'], stores: ['Krucza 12', 'Rynek', 'Kraków', 'Gdańsk Wrzeszcz', 'Gdańsk Oliwa'], channels: ['kasa', 'app'],
      levels: [{ code: 'zloto', name: ['Złoty', 'Gold'][own]! }, { code: 'srebro', name: ['Srebro', 'Silver'][own]! }, { code: 'vip', name: 'VIP' }], segments: [GUESTS[own]],
    },
  };
};
const inPolish = (rule: unknown): unknown => JSON.parse([...NAMES, GUESTS].reduce((text, [pl, en]) => text.replaceAll(`"${en}"`, `"${pl}"`), JSON.stringify(rule)));

it.each([
  ['1 punkt za każde 10 zł', '1 point per PLN 10'], ['punkt za każde wydane 10 zł', 'a point for every 10 PLN spent'], ['2 pkt za zł', '2 points per zloty'], ['za każde 5 zł 1 punkt', 'for every PLN 5 you get 1 point'], ['1,5 punktu za każde 10 zł', '1.5 points for PLN 10'],
  ['5 pkt za każde pełne 100 zł na kawę', '5 points for every full PLN 100 on coffee'], ['10 zł = 1 pkt', 'PLN 10 = 1 pt'], ['jeden punkt za 2 zł', 'one point for PLN 2'],
  ['podwójne punkty we wtorki', 'double points on Tuesdays'], ['punkty x2 w środy', '2x points on Wednesdays'], ['potrójne punkty w weekendy', 'three times the points at weekends'], ['punkty razy 1,5 w maju i czerwcu', 'points x 1.5 in May and June'],
  ['20% więcej punktów 6 grudnia', '20% more points on 6 December'], ['5% zwrotu', '5% cashback'], ['1 pkt za 3 zł, zaokrąglaj w górę', '1 point per PLN 3, rounded up'],
  // Goods.
  ['podwójne punkty za kawę', 'double points for coffee'], ['podwójne punkty za kawę', 'double points for coffees'], ['podwójne punkty za ciasta i drożdżówki', 'double points on cake and pastry'], ['podwójne punkty za kawę, herbatę i ciasta', 'double points for coffee, tea and cakes'],
  ['podwójne punkty w weekendy za herbatę i kawę ziarnistą', 'double points on weekends for tea and coffee beans'], ['10 punktów za każdą kawę', '10 points for every coffee'], ['10 punktów za każdą kawę', '10 points per coffee'],
  ['5 punktów za każde 2 kawy', '5 points for every 2 coffees'], ['20 punktów za 2 herbaty', '20 points for two teas'], ['50 punktów za zakup 3 kaw', '50 points for a purchase of 3 coffees'], ['2 punkty za zakup ciasta lub kawy', '2 points for a purchase of cakes or coffee'],
  ['10 punktów za każde 3 sztuki', '10 points for every 3 pieces'], ['10 punktów za każdy produkt', '10 points for every product'], ['1 punkt za litr herbaty', '1 point for a litre of tea'],
  ['50 punktów za drugą kawę w transakcji', '50 points for the second coffee in one transaction'], ['50 punktów za dziesiątą kawę na paragonie', '50 points for the tenth coffee on a receipt'], ['5 punktów za co trzecią herbatę na jednym paragonie', '5 points for every third tea on one receipt'],
  ['20 punktów przy zakupie co najmniej 2 herbat', '20 points for at least 2 teas'], ['20 punktów, gdy klient kupi co najmniej trzy herbaty', '20 points when a customer buys at least three teas'], ['10 punktów za lemoniadę', '10 points for lemoniada'],
  ['1 punkt za złotówkę na produkty marki Palarnia Północ', '1 point per zloty on products of the brand Palarnia Północ'], ['podwójne punkty za Palarnię Północ', 'double points for Palarnia Północ products'],
  ['1 pkt za każde 5 zł, bez kawy', '1 point for every PLN 5, without coffee'], ['1 punkt za 10 zł na wszystko oprócz ciast i herbaty', '1 point for PLN 10 on everything except cakes and tea'], ['1 punkt za 2 zł oprócz wina i papierosów', '1 point per PLN 2 excluding wine and cigarettes'],
  ['30 pkt za zwrot kawy', '30 points for a return of coffee'], ['1 pkt za każdą zwróconą herbatę', '1 point for every returned tea'],
  // Shops and ways of selling.
  ['podwójne punkty w sklepie Krucza 12', 'double points at Krucza 12'], ['1 punkt za 2 zł tylko w sklepie w Krakowie i w Gdańsku', '1 point per PLN 2 only at the shop in Kraków and in Gdańsk'], ['1 punkt za 2 zł w sklepach Rynek i Krucza 12', '1 point for PLN 2 in the shops Rynek and Krucza 12'],
  ['podwójne punkty w sklepie Rynek', 'double points in the Rynek shop'], ['1 punkt za 2 zł tylko w sklepie w Poznaniu i w Gdyni', '1 point per PLN 2 only in the shop in Poznań and in Gdynia'], ['1 punkt za 2 zł, ale nie w sklepie w Krakowie', '1 point per PLN 2, but not at the shop in Kraków'],
  ['1 punkt za 1 zł w aplikacji', '1 point for PLN 1 in the app'], ['podwójne punkty online', 'double points online'],
  // Hours, days and dates.
  ['podwójne punkty od 14 do 16', 'double points from 2 to 4 pm'], ['podwójne punkty od 14 do 16', 'double points between 2 pm and 4 pm'], ['podwójne punkty od 11 do 14', 'double points from 11 to 2 p.m.'], ['potrójne punkty w godzinach 8:30-10:30', 'triple points from 8:30 to 10:30 am'],
  ['podwójne punkty po 17', 'double points after 5 pm'], ['podwójne punkty od godz. 17', 'double points from 5pm'], ['podwójne punkty przed 12', 'double points before noon'], ['podwójne punkty pn.-pt. 14:00-16:00', 'double points Mon-Fri 14:00-16:00'], ['podwójne punkty od 8 do 17', 'double points from 8 to 17'],
  ['podwójne punkty od poniedziałku do piątku między 14 a 16', 'double points Monday to Friday between 2 and 4 pm'], ['podwójne punkty od piątku do niedzieli', 'double points from Friday to Sunday'], ['w każdy wtorek dajemy podwójne punkty', 'every Tuesday we give double points'],
  ['w każdy pierwszy poniedziałek miesiąca podwójne punkty', 'double points on the first Monday of the month'], ['podwójne punkty w każdy piątek 13-go', 'double points on every Friday the 13th'],
  ['potrójne punkty od 1 do 24 grudnia', 'triple points from 1 to 24 December'], ['podwójne punkty 6 grudnia', 'double points on December 6th'], ['podwójne punkty do 31 maja 2027', 'double points until May 31, 2027'], ['podwójne punkty od 1 maja do 3 czerwca', 'double points from 1st May to 3rd June'],
  ['podwójne punkty dziś', 'double points today'], ['podwójne punkty jutro', 'double points tomorrow'], ['podwójne punkty w ten weekend', 'double points this weekend'], ['podwójne punkty w najbliższą sobotę', 'double points this Saturday'], ['podwójne punkty do piątku', 'double points until Friday'],
  ['podwójne punkty przez 2 tygodnie', 'double points for 2 weeks'], ['podwójne punkty przez najbliższy tydzień', 'double points for the next week'], ['podwójne punkty do końca roku', 'double points until the end of the year'], ['podwójne punkty do końca października', 'double points until the end of October'],
  ['potrójne punkty w Black Friday', 'triple points on Black Friday'], ['25 punktów w Dzień Kobiet', '25 points on Women’s Day'], ['podwójne punkty w majówkę na ciasta', 'double points on the May weekend for cakes'], ['podwójne punkty w wigilię', 'double points on Christmas Eve'],
  ['1 punkt za 2 zł oprócz niedziel i świąt', '1 point per PLN 2 except Sundays and holidays'], ['1 punkt za 2 zł, ale nie w weekendy', '1 point per PLN 2, but not at weekends'], ['potrójne punkty w święta', 'triple points on public holidays'],
  // Who, how much, how often, how long.
  ['punkty x2 dla złotych klientów', 'points x2 for gold customers'], ['podwójne punkty dla poziomu „Złoty”', 'double points on level “Gold”'], ['podwójne punkty dla stałych gości', 'double points for faithful guests'], ['dla firm 3 punkty za 100 zł', '3 points per PLN 100 for companies'],
  ['100 punktów dla nowych klientów', '100 points for new customers'], ['podwójne punkty dla nowych klientów przez pierwsze 30 dni', 'double points for new customers for the first 30 days'], ['100 pkt, jeśli klient nie kupował od 3 miesięcy', '100 points if a customer has not bought for 3 months'],
  ['100 punktów dla osób, które nie były u nas ponad 60 dni', '100 points for people who have not been here for more than 60 days'], ['100 punktów za trzeci zakup', '100 points for the third purchase'], ['podwójne punkty w dniu urodzin', 'double points on their birthday'],
  ['potrójne punkty przy zakupach powyżej 200 zł', 'triple points on purchases over PLN 200'], ['5 pkt za zakup min. 20 zł', '5 points for a purchase of at least PLN 20'], ['podwójne punkty od 10 do 50 zł', 'double points from 10 to 50 PLN'], ['100 punktów, gdy ktoś wyda 500 zł', '100 points when somebody spends PLN 500'],
  ['10 punktów przy zakupie do 50 zł', '10 points on purchases up to PLN 50'], ['podwójne punkty za gotówkę', 'double points for paying in cash'], ['5 punktów, gdy klient zapłaci BLIKIEM', '5 points if a customer pays with BLIK'],
  ['1 punkt za każde 10 zł (max. 100 pkt na klienta miesięcznie)', '1 point for every PLN 10 (max. 100 points per customer a month)'], ['punkt za każde wydane 10 zł, do 50 tygodniowo', 'a point for every PLN 10 spent, up to 50 a week'], ['20 punktów za zakup, nie częściej niż raz w tygodniu', '20 points for a purchase, not more often than once a week'],
  ['10 punktów za zakup, do 300 miesięcznie na gospodarstwo domowe', '10 points for a purchase, up to 300 a month per household'], ['1 punkt za każde 5 zł, maksymalnie 50 pkt za zakup', '1 point for every PLN 5, at most 50 points per purchase'], ['20 punktów za zakup, tylko raz', '20 points for a purchase, only once'],
  ['1 punkt za 10 zł, punkty ważne 3 miesiące', '1 point for PLN 10, points valid for 3 months'], ['50 punktów, ważne do końca roku', '50 points, valid until the end of the year'],
  // Events.
  ['50 punktów za ankietę', '50 points for a survey'], ['100 pkt za polecenie znajomego', '100 points for referring a friend'], ['100 pkt na start', '100 points for signing up'], ['10 punktów za wizytę, maksymalnie raz dziennie', '10 points for a visit, at most once a day'],
  ['20 punktów za opinię', '20 points for reviews'], ['1 punkt za każde wydane 10 zł', 'you earn 1 point for every PLN 10 you spend'], ['100 punktów przy zakupach powyżej 500 zł', '100 points for spending over PLN 500'],
  ['20 pkt za imieniny klienta', '20 points on their name day'], ['60 punktów za opłacenie faktury w terminie', '60 points for paying the invoice on time'], ['30 pkt za zwrot', '30 points for a return'],
])('"%s" and "%s" are one rule', (polish, english) => {
  const [pl, en] = [sayRule(polish, options('pl')), sayRule(english, options('en'))];
  expect([pl.unknown, en.unknown]).toEqual([[], []]);
  expect(inPolish(en.rule)).toEqual(pl.rule);
});

it.each([
  'double points on big coffees', 'double points for pensioners', '1 point for every PLN 2 except alcohol', 'double points from 9 to 5', 'double points every other Tuesday', '50 points every tenth purchase', 'double points at the full moon', '50 points for the tenth coffee', 'double points for every 2 coffees',
])('English that is not understood is no rule to take unasked: %s', (sentence) => {
  expect(sayRule(sentence, options('en')).mayGiveMore).toBe(true);
});
