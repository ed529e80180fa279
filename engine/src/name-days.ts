import type { LocalDate } from './calendar.ts';

/**
 * The Polish calendar of name days: the days on which a name is customarily kept, the usual one first, as MMDD. A name with several days is
 * kept on the first one after the birthday, as the custom goes; without a known birthday on the usual one.
 */
const CALENDAR = `
Ada 1204, Adam 1224, Adolf 0617, Adrian 0908 0305, Adrianna 0908 0305, Agata 0205, Agnieszka 0121, Albert 1115 0617, Aleksander 0226 0518, Aleksandra 0518 0320, Aleksy 0717,
Alfred 0819 0112, Alicja 0621, Alina 0616, Alojzy 0621, Amelia 0710, Anastazja 0415 1225, Andrzej 1130, Aneta 0417, Angelika 0104, Aniela 0531, Anita 0817, Anna 0726, Antoni 0613 0117,
Antonina 0612 0510, Apolonia 0209, Apoloniusz 0418, Arkadiusz 0112, Artur 1006, August 0828, Augustyn 0828, Aurelia 0925,
Balbina 0331, Barbara 1204, Bartłomiej 0824, Bartosz 0824, Bazyli 0102, Beata 0308, Benedykt 0711 0321, Benita 0321, Bernadeta 0416 0218, Bernard 0820, Błażej 0203, Bogdan 0831, Bogna 0620,
Bogumiła 1220, Bogumił 0610, Bogusław 1218, Bogusława 1218, Bolesław 0819, Bonifacy 0514 0605, Borys 0724 0502, Bożena 0313, Bronisław 0901, Bronisława 0901 0818, Brunon 1006, Brygida 0723 1008,
Cecylia 1122, Celina 1021, Cezary 0225 0827, Cyprian 0926, Cyryl 0214, Czesław 0720, Czesława 0720 0112,
Dagmara 1220, Damian 0926, Daniel 0721 1211, Daniela 0721, Danuta 1001, Daria 1025, Dariusz 1219, Dawid 1229, Diana 0610, Dionizy 1009, Dominik 0808, Dominika 0706, Donata 0217, Dorota 0206 0625,
Edmund 1116 1120, Edward 1013, Edyta 0916, Eliza 0614, Elwira 0125, Elżbieta 1119 1117, Emanuel 0326, Emil 0522, Emilia 1119 0824, Ernest 1107, Eryk 0518, Eugenia 1225, Eugeniusz 0713 1230, Ewa 1224, Ewelina 0826,
Fabian 0120, Faustyna 1005 0215, Felicja 0427, Feliks 0114 1120, Ferdynand 0530, Filip 0503 0526, Florian 0504, Franciszek 1004, Franciszka 0309, Fryderyk 0718 0305,
Gabriel 0929, Gabriela 0929 1219, Genowefa 0103, Gerard 1016, Gertruda 1116 0317, Gracjan 1218, Grażyna 0401 0726, Grzegorz 0312 0903, Gustaw 0802,
Halina 0701, Hanna 0726, Helena 0818 0522, Henryk 0715 0713, Henryka 0715, Herbert 0316, Hieronim 0930, Hilary 0113, Honorata 0111, Hubert 1103,
Ida 0904, Ignacy 0731, Igor 0605, Ilona 0818, Inga 1025, Ireneusz 0628, Irena 1020 0405, Irmina 1224, Iwo 0519, Iwona 0523 1027, Izabela 0316 0903, Izydor 0510 0404,
Jacek 0817, Jadwiga 1015 0608, Jagoda 0702, Jakub 0725 0506, Jan 0624 1227, Janina 0612, Janusz 1121, Jarosław 0607, Jerzy 0423, Joachim 0726, Joanna 0524 0530 1212, Jolanta 0615, Jowita 0215, Józef 0319 0501,
Judyta 0506, Julia 0522 0721, Julian 0109 0213, Julianna 0216, Julita 0730, Juliusz 0412, Justyna 0926 1007, Justyn 0601,
Kacper 0106, Kajetan 0807, Kamil 0714, Kamila 0531, Karina 0802, Karol 1104 0128, Karolina 1118 0718, Katarzyna 1125 0429, Kazimiera 0821, Kazimierz 0304, Kinga 0724, Klara 0811, Klaudia 0320, Klaudiusz 0218,
Klemens 1123, Konrad 0219 1126, Konstanty 0521 0311, Kordian 1022, Kornel 0916, Kornelia 0916 0331, Krystian 1112, Krystyna 0724 0313, Krzysztof 0725, Ksawery 1203, Ksenia 0124, Kunegunda 0303,
Laura 0617 1019, Lech 0812 0228, Lena 0818, Leokadia 1209, Leon 1110 0411, Leonard 1106, Leopold 1115, Lesław 1128 0603, Leszek 0603, Lidia 0327, Liliana 0904, Lilianna 0904, Lucjan 0107, Lucyna 0630, Ludmiła 0916, Ludwik 0825, Ludwika 0315,
Łucja 1213, Łukasz 1018, Maciej 0224 0514, Magdalena 0722, Maja 0709, Maksymilian 0814 1012, Malwina 0704, Małgorzata 0610 0713, Marcel 0116, Marcelina 0717, Marcin 1111, Marek 0425, Maria 0815 0908 1208 0202,
Marian 0430 1208, Marianna 0426, Mariola 1208, Mariusz 0119, Marlena 1116, Marta 0729, Martyna 0130, Maryla 0815, Mateusz 0921, Matylda 0314, Maurycy 0922, Melania 1231, Michalina 0929, Michał 0929, Mieczysław 0101, Mieczysława 0409,
Mikołaj 1206, Milena 0131, Mirosław 0226, Mirosława 0226 0726, Monika 0827 0504, Natalia 0727, Nikodem 0915, Nikola 1206, Nina 1215, Norbert 0606, Oktawian 0322, Olaf 0729, Olga 0711 0724, Oliwia 0603, Oskar 0203, Otylia 1213,
Patrycja 0825, Patryk 0317, Paulina 0622, Paweł 0629 0125, Pelagia 1008, Petronela 0531, Piotr 0629, Przemysław 0413, Radosław 0908 0302, Rafał 1024 0929, Rajmund 0831 0123, Regina 0907, Remigiusz 1001, Renata 1112, Robert 0607,
Roch 0816, Roman 0228 0809, Romana 0223, Romuald 0619 0207, Rozalia 0904, Róża 0823, Rudolf 0417, Ryszard 0403 0207, Sabina 0829 1027, Salomea 1119, Sandra 0518, Sara 1009, Sebastian 0120, Seweryn 0108 1023, Sławomir 1105, Sonia 0917,
Stanisław 0508 1113, Stanisława 0508, Stefan 1226 0902, Stefania 0102, Sylwester 1231, Sylwia 1103, Szczepan 1226, Szymon 1028 0218, Tadeusz 1028, Tamara 1229, Tekla 0923, Teodor 1109, Teofil 0305, Teresa 1015 1001, Tobiasz 0913, Tomasz 1221 0307 0703,
Tymon 0419, Tymoteusz 0126, Tytus 0126, Urban 0525, Urszula 1021, Wacław 0928, Walenty 0214, Waldemar 0505, Wanda 0623, Wawrzyniec 0810, Weronika 0204 0709, Wiesław 0607, Wiesława 0607 0522, Wiktor 0306, Wiktoria 1223,
Wincenty 0122, Wioleta 1029, Wioletta 1029, Wirgiliusz 1127, Wit 0615, Witold 1112, Władysław 0627, Włodzimierz 0116, Wojciech 0423, Zbigniew 0317, Zdzisław 0129, Zdzisława 0129, Zenon 0412, Zofia 0515, Zuzanna 0811, Zygmunt 0502, Żaneta 1212`;

const days: ReadonlyMap<string, readonly string[]> = new Map(CALENDAR.split(',').map((entry) => {
  const [name, ...dates] = entry.trim().split(' ');
  return [name!.toLowerCase(), dates.map((date) => `${date.slice(0, 2)}-${date.slice(2)}`)] as const;
}));

/** Names that the calendar knows, in small letters. */
export const namesKept: readonly string[] = [...days.keys()];

/** The day (MM-DD) on which a person of this first name keeps it; null for a name that the calendar does not know. Of two names the first counts. */
export function nameDayOf(firstName: string, birthDate: LocalDate | null): string | null {
  const kept = days.get(firstName.trim().split(/[\s-]+/)[0]!.toLowerCase());
  if (!kept) return null;
  if (birthDate === null || kept.length === 1) return kept[0]!;
  const born = birthDate.slice(5);
  const inTurn = kept.toSorted();
  return inTurn.find((day) => day > born) ?? inTurn[0]!;
}
