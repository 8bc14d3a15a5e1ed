// The six places a customer of the demo can write from, and sentences that show what tandem does.
export interface Place { id: string; title: string; icon: string; post: string; outbox: string; public: boolean; reads?: boolean }
export const places: Place[] = [
  { id: 'instagram', title: 'Instagram', icon: 'instagram', post: '/sim/instagram/dm', outbox: 'instagram', public: false, reads: true },
  { id: 'ig-comment', title: 'Komentarz', icon: 'instagram', post: '/sim/instagram/comment', outbox: 'instagram', public: true },
  { id: 'messenger', title: 'Messenger', icon: 'messenger', post: '/sim/messenger/dm', outbox: 'messenger', public: false, reads: true },
  { id: 'fb-comment', title: 'Facebook', icon: 'facebook', post: '/sim/facebook/comment', outbox: 'facebook', public: true },
  { id: 'whatsapp', title: 'WhatsApp', icon: 'whatsapp', post: '/sim/whatsapp/message', outbox: 'whatsapp', public: false, reads: true },
  { id: 'sms', title: 'SMS', icon: 'smartphone', post: '/sim/sms/message', outbox: 'sms', public: false },
];
export interface Idea { text: string; hint: string; who?: string; place?: string; hoursAgo?: number; tone: 'hu' | 'ai' | 'ask' }
export const ideas: Idea[] = [
  { who: 'marek', text: 'Gdzie jest moja paczka?! Miała być wczoraj!', hint: 'Paczka naprawdę stoi w sortowni. Bot zna odpowiedź, ale ustępuje człowiekowi i milczy.', tone: 'hu' },
  { who: 'kasia', text: 'Hej, gdzie jest moja paczka?', hint: 'To samo pytanie, spokojnie i na czas. Bot odpowiada w kilka sekund.', tone: 'ai' },
  { who: 'natalia', text: 'Dzień dobry, paczka miała być wczoraj, a nadal jej nie ma. Co się dzieje?', hint: 'Spóźniona, a dostawa była płatna. Bot proponuje zwrot 14,99 zł, człowiek zatwierdza go osobno od słów.', tone: 'hu' },
  { who: 'joanna', place: 'whatsapp', hoursAgo: 25, text: 'Dzień dobry, proszę o kontakt z człowiekiem w sprawie zwrotu 47930.', hint: 'Napisane wczoraj na WhatsAppie: okno odpowiedzi minęło, biurko proponuje zatwierdzony szablon.', tone: 'hu' },
  { text: 'Ile kosztuje dostawa?', hint: 'Prosty fakt: odpowiada bot.', tone: 'ai' },
  { text: 'Znowu zamówię, super sklep!', hint: '„Znowu” w dobrym znaczeniu. Bot zostaje.', tone: 'ai' },
  { text: 'Oj, mój błąd, to był zły numer.', hint: '„Błąd”, ale własny. Bot zostaje.', tone: 'ai' },
  { text: 'Znowu to samo, nikt nie odpisuje.', hint: '„Znowu” w złym znaczeniu. Człowiek.', tone: 'hu' },
  { text: 'To jest jakieś oszustwo!', hint: 'Słowo krytyczne. Człowiek od razu.', tone: 'hu' },
  { text: 'Chcę rozmawiać z człowiekiem.', hint: 'Nigdy kolejna odpowiedź bota.', tone: 'hu' },
  { who: 'ktoś nowy', text: 'Co z zamówieniem 48213?', hint: 'Nieznana osoba i cudzy numer. Bot nie ujawnia danych.', tone: 'ask' },
];
