import type { AnswerKind } from '../../pages/settings/webhook-answer.ts';

const answers: Record<AnswerKind, (answer: string) => string> = {
  taken: (answer) => `odebrane (${answer})`,
  elsewhere: (answer) => `odsyła pod inny adres, a tam nie idziemy (${answer})`,
  locked: (answer) => `nie wpuszcza nas (${answer})`,
  missing: (answer) => `nic tam nie ma (${answer})`,
  slower: (answer) => `prosi, żeby zwolnić (${answer})`,
  wrong: (answer) => `nie przyjmuje tego powiadomienia (${answer})`,
  broken: (answer) => `błąd po tamtej stronie (${answer})`,
  silent: () => 'nie odpowiada przez 5 sekund',
  inside: () => 'adres prowadzi do sieci wewnętrznej, a tam nie wolno nam zaglądać',
  off: () => 'adres był wyłączony',
  name: () => 'nie ma w internecie takiej nazwy',
  closed: () => 'pod tym adresem nikt nie słucha',
  cut: () => 'połączenie zostało zerwane',
  far: () => 'serwera nie widać w sieci',
  certificate: (answer) => `certyfikat tego adresu nie jest ważny (${answer})`,
  other: (answer) => `połączenie się nie udało (${answer})`,
};

export const webhooks = {
  answers,
  try: 'Wyślij próbę',
  tryHint: 'Próba wysyła powiadomienie webhook.test, podpisane jak każde inne.',
  tried: { ok: 'Próba doszła', failed: 'Próba nie doszła' },
  triedText: (answer: string, seconds: string) => `${answer}, po ${seconds} s`,
  resend: 'Wyślij ponownie',
  resent: 'Powiadomienie jest znowu w drodze',
  actions: 'Zrób',
};
