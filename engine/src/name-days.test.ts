import { describe, expect, it } from 'vitest';
import { isLocalDate } from './calendar.ts';
import { nameDayOf, namesKept } from './name-days.ts';

describe('the Polish calendar of name days', () => {
  it.each([['Anna', null, '07-26'], ['anna maria', null, '07-26'], ['ANDRZEJ', '1980-02-01', '11-30'], ['Łukasz', null, '10-18'], ['Żaneta', null, '12-12'], ['Brunhilda', null, null], ['', null, null], ['constructor', null, null]])(
    '%s keeps the name on the usual day', (name, born, day) => expect(nameDayOf(name, born)).toBe(day));

  it.each([['1990-03-01', '06-24'], ['1990-06-24', '12-27'], ['1990-08-05', '12-27'], ['1990-12-28', '06-24']])('of several days the first after the birthday counts: Jan, born on %s', (born, day) => {
    expect(nameDayOf('Jan', born)).toBe(day);
  });

  it('agrees with the days that everybody in Poland knows', () => {
    const known: Record<string, string> = {
      Kacper: '01-06', Agnieszka: '01-21', Zdzisław: '01-29', Błażej: '02-03', Agata: '02-05', Dorota: '02-06', Walenty: '02-14', Kazimierz: '03-04', Beata: '03-08', Grzegorz: '03-12', Bożena: '03-13', Zbigniew: '03-17', Józef: '03-19',
      Ryszard: '04-03', Przemysław: '04-13', Jerzy: '04-23', Wojciech: '04-23', Marek: '04-25', Marian: '04-30', Zygmunt: '05-02', Florian: '05-04', Stanisław: '05-08', Zofia: '05-15', Iwona: '05-23', Joanna: '05-24', Urban: '05-25',
      Robert: '06-07', Małgorzata: '06-10', Janina: '06-12', Antoni: '06-13', Jolanta: '06-15', Alicja: '06-21', Wanda: '06-23', Jan: '06-24', Władysław: '06-27', Piotr: '06-29', Paweł: '06-29', Halina: '07-01', Malwina: '07-04', Magdalena: '07-22',
      Krystyna: '07-24', Krzysztof: '07-25', Jakub: '07-25', Anna: '07-26', Natalia: '07-27', Marta: '07-29', Ignacy: '07-31', Wawrzyniec: '08-10', Maria: '08-15', Jacek: '08-17', Helena: '08-18', Bartłomiej: '08-24', Ludwik: '08-25', Monika: '08-27',
      Mateusz: '09-21', Wacław: '09-28', Michał: '09-29', Hieronim: '09-30', Danuta: '10-01', Franciszek: '10-04', Teresa: '10-15', Jadwiga: '10-15', Łukasz: '10-18', Irena: '10-20', Urszula: '10-21', Tadeusz: '10-28', Szymon: '10-28',
      Hubert: '11-03', Sylwia: '11-03', Karol: '11-04', Marcin: '11-11', Elżbieta: '11-19', Janusz: '11-21', Cecylia: '11-22', Katarzyna: '11-25', Andrzej: '11-30', Barbara: '12-04', Mikołaj: '12-06', Łucja: '12-13', Dariusz: '12-19', Adam: '12-24', Ewa: '12-24', Szczepan: '12-26', Sylwester: '12-31',
    };
    expect(Object.fromEntries(Object.keys(known).map((name) => [name, nameDayOf(name, null)]))).toEqual(known);
  });

  it.each([['Małgorzata', '1990-06-20', '07-13'], ['Joanna', '1990-05-26', '05-30'], ['Tomasz', '1990-03-01', '03-07'], ['Maria', '1990-08-20', '09-08']])('%s, born on %s, keeps another known day', (name, born, day) => {
    expect(nameDayOf(name, born)).toBe(day);
  });

  it('knows more than 150 names, each once, on days that exist', () => {
    expect(namesKept.length).toBeGreaterThan(250);
    for (const name of namesKept) expect(isLocalDate(`2024-${nameDayOf(name, null)}`), name).toBe(true);
  });
});
