package nlu

import (
	"testing"
	"time"
)

var typical = []string{"Dzień dobry, kiedy dotrze moja paczka?", "Gdzie jest moja paczka?! Miała być wczoraj!",
	"chciałabym wymienić 38 na 39, zamówienie 48213", "nie moge sie zalogowac, zapomnialem hasla",
	"Paczka miała dotrzeć w poniedziałek, a dziś jest środa i nadal jej nie ma. Proszę o informację, tel. 501 600 700.",
	"do której macie dziś otwarte?", "Where is my parcel? It was supposed to be here yesterday."}

func BenchmarkRead(b *testing.B) {
	m := open(b)
	c := Context{Now: time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC)}
	start := cpuTime()
	for i := 0; b.Loop(); i++ {
		m.Read(typical[i%len(typical)], c)
	}
	b.ReportMetric(float64((cpuTime()-start).Microseconds())/float64(b.N), "cpu-us/op")
}

// Loading is on the way of every cold start.
func BenchmarkLoad(b *testing.B) {
	start := cpuTime()
	for b.Loop() {
		if _, err := use(shippedModel); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((cpuTime()-start).Milliseconds())/float64(b.N), "cpu-ms/op")
}
