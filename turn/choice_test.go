package turn

import "testing"

// Only a clear word gives the conversation back to the bot: who has called, was not called back or asks
// when somebody will call stays where people see them.
func TestWhatIsChosen(t *testing.T) {
	for text, want := range map[string]string{
		"2": "call", "2)": "call", "2.": "call", "2) zadzwonić": "call", "opcja 2": "call", "Telefon": "call", "telefon poproszę": "call", "zadzwonić, 9:30": "call",
		"proszę oddzwonić": "call", "to zadzwońcie": "call", "Proszę zadzwonić jutro po 16": "call", "wolałabym telefon": "call", "chciałbym, żeby ktoś zadzwonił": "",
		"niech ktoś zadzwoni": "call", "nie ma problemu, zadzwońcie": "call", "nie tutaj, proszę zadzwonić": "call", "dzwońcie śmiało": "call", "600 100 200, telefonicznie": "call",
		"please call me": "call", "phone": "call", "I'd prefer a call tomorrow": "call",
		"3": "mail", "3.": "mail", "E-mail": "mail", "email": "mail", "mailem proszę": "mail", "może być mail": "mail", "poproszę e-maila": "mail", "an e-mail, please": "mail", "nie dzwońcie, proszę o maila": "mail",
		"tutaj": "", "1": "", "Odpowiedź tutaj": "", "dzwoniłam już trzy razy": "", "dzwoniłem do was i nic": "", "nikt nie oddzwonił": "", "nie dzwońcie do mnie": "", "proszę nie dzwonić": "",
		"czekam na telefon od wczoraj, nikt nie zadzwonił": "call", // the first half is a wish
		"kiedy ktoś zadzwoni?":                             "", "wysłałam maila wczoraj": "", "pisałam już e-mail i cisza": "", "nie dostałam maila": "", "czy ktoś w ogóle tu dzwoni?": "",
		"nobody called me back": "", "I called you twice": "", "don't call me": "", "I never got your e-mail": "", "when will you call?": "", "2 dni czekam": "", "3 razy to pisałam": "", "": "",
	} {
		if got := chosen(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
