package store_test

import (
	"context"
	"testing"
	"time"

	"tandem"
	"tandem/store"
)

var bg = context.Background()

func (b *bench) add(t *testing.T, e store.Example) (out store.Example) {
	t.Helper()
	b.must(t, func(tx *store.Tx) (err error) {
		out, err = tx.AddExample(e)
		return err
	})
	return out
}

func (b *bench) examples(t *testing.T, s store.ExampleState) []store.Example {
	t.Helper()
	all, err := b.Examples(bg, ws, s, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func example(text, topic string, s store.ExampleState) store.Example {
	return store.Example{Lang: "pl", Touchpoint: topic, Mood: tandem.Calm, Text: text, Source: store.FromHand, State: s, By: "ola"}
}

func TestOneMessageGivesOneExample(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		e := example("gdzie jest paczka", "parcel_tracking", store.Waiting)
		e.Source = "m1"
		b.add(t, e)
		e.Touchpoint = "parcel_late"
		last := b.add(t, e)
		if all := b.examples(t, store.Waiting); len(all) != 1 || all[0].ID != last.ID || all[0].Touchpoint != "parcel_late" || all[0].By != "ola" || all[0].At.IsZero() {
			t.Errorf("there are %+v", all)
		}
	})
}

func TestTheSameWordsTeachOneThing(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		was := example("serduszka nie wpadły", "other", store.Approved)
		was.Held = true
		b.add(t, was)
		b.add(t, example("serduszka nie wpadły", "loyalty_program", store.Approved))
		all := b.examples(t, store.Approved)
		if len(all) != 1 || all[0].Touchpoint != "loyalty_program" {
			t.Fatalf("approved are %+v", all)
		}
		if !all[0].Held {
			t.Error("words that checked versions teach now")
		}
		n, err := b.CountExamples(bg, ws)
		if err != nil || n.By[store.Approved] != 1 || n.By[store.Rejected] != 1 || n.Held != 1 {
			t.Errorf("counted %+v, %v", n, err)
		}
	})
}

func TestExamplesAreFoundAndJudged(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.add(t, example("Zniżka 100% na buty", "promo_code", store.Waiting))
		e := b.add(t, example("kiedy otwieracie", "store_hours", store.Waiting))
		for find, want := range map[string]int{"": 2, "100%": 1, "50%": 0, "_hours": 1, "OTWIERA": 1, "promo": 1, "nic": 0} {
			if all, err := b.Examples(bg, ws, store.Waiting, find, 0); err != nil || len(all) != want {
				t.Errorf("%q finds %d, %v", find, len(all), err)
			}
		}
		before := time.Now().Add(-time.Hour)
		b.must(t, func(tx *store.Tx) error {
			one, err := tx.Example(e.ID)
			if err != nil {
				return err
			}
			one.State, one.Mood, one.JudgedBy = store.Approved, tandem.Tense, "anna"
			return tx.SaveExample(one)
		})
		got := b.examples(t, store.Approved)
		if len(got) != 1 || got[0].JudgedBy != "anna" || got[0].JudgedAt.IsZero() || got[0].Mood != tandem.Tense {
			t.Errorf("approved are %+v", got)
		}
		if n, err := b.ChangedExamples(bg, ws, before); err != nil || n["store_hours"] != 1 || len(n) != 1 {
			t.Errorf("changed %v, %v", n, err)
		}
		if n, err := b.ChangedExamples(bg, ws, time.Now().Add(time.Hour)); err != nil || len(n) != 0 {
			t.Errorf("changed later %v, %v", n, err)
		}
	})
}

func TestWhatIsTakenBackTeachesNothing(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		c, _ := b.says(t, "ania", "to moja sprawa", "m1")
		all, err := b.MessagesBefore(bg, ws, c.ID, 100, 10)
		if err != nil || len(all) != 1 {
			t.Fatal(err)
		}
		e := example("to moja sprawa", "other", store.Approved)
		e.Source = string(all[0].ID)
		b.add(t, e)
		b.must(t, func(tx *store.Tx) error { return tx.RemoveMessage(all[0], tandem.ByCustomer) })
		if left := b.examples(t, store.Approved); len(left) != 0 {
			t.Errorf("there are %+v", left)
		}
	})
}

func TestUnlabelledAreTheNewMessagesOfCustomers(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		start := time.Now().Add(-time.Second)
		c, _ := b.says(t, "ania", "pierwsza sprawa", "m1")
		b.says(t, "ania", "druga sprawa", "m2")
		all, err := b.Unlabelled(bg, ws, start, 10)
		if err != nil || len(all) != 2 || all[0].Text != "druga sprawa" || all[0].Name != "ania" || all[0].Rejected {
			t.Fatalf("unlabelled %+v, %v", all, err)
		}
		e := example("druga sprawa", "other", store.Suggested)
		e.Source, e.Value, e.Why = string(all[0].ID), 0.5, []string{"unsure"}
		e = b.add(t, e)
		if again, _ := b.Unlabelled(bg, ws, start, 10); len(again) != 2 {
			t.Error("what is asked for is not unlabelled any more")
		}
		b.must(t, func(tx *store.Tx) error {
			one, err := tx.Example(e.ID)
			if err != nil {
				return err
			}
			one.State = store.Waiting
			return tx.SaveExample(one)
		})
		b.must(t, func(tx *store.Tx) error {
			d := tandem.Draft{ID: "d1", Conversation: c.ID, Seq: 1, State: tandem.DraftRejected, Due: tx.Now}
			if err := tx.AddDraft(d); err != nil {
				return err
			}
			d.Reason = "topic"
			return tx.SaveDraft(d, "ola")
		})
		again, err := b.Unlabelled(bg, ws, start, 10)
		if err != nil || len(again) != 1 || again[0].Text != "pierwsza sprawa" || !again[0].Rejected {
			t.Errorf("unlabelled %+v, %v", again, err)
		}
		if late, _ := b.Unlabelled(bg, ws, time.Now().Add(time.Minute), 10); len(late) != 0 {
			t.Errorf("after the last there are %d", len(late))
		}
	})
}

func TestVersionsAreUsedAndTakenBack(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		add := func(s store.ModelState) (m store.Model) {
			b.must(t, func(tx *store.Tx) (err error) {
				m, err = tx.AddModel(store.Model{Name: "nlu-1", Base: "nlu-0", State: s, Examples: 3, Changed: map[string]int{"other": 3}, After: store.Figures{N: 10, Topics: 0.5}, Took: time.Second, By: "anna"}, []byte{1, 2, 0, 255})
				return err
			})
			return m
		}
		used := func() int64 {
			m, err := b.ModelInUse(bg, ws)
			if err != nil {
				t.Fatal(err)
			}
			return m.Number
		}
		use := func(n int64) error {
			return b.Write(bg, ws, func(tx *store.Tx) error { return tx.UseModel(n, "anna") })
		}
		if used() != 0 {
			t.Error("the shipped one is not in use at first")
		}
		add(store.ModelAccepted)
		if bad := add(store.ModelRefused); bad.Number != 2 || used() != 1 {
			t.Errorf("a refused version %d; in use is %d", bad.Number, used())
		}
		if body, err := b.ModelBody(bg, ws, 1); err != nil || string(body) != "\x01\x02\x00\xff" {
			t.Errorf("the body is %v, %v", body, err)
		}
		for _, n := range []int64{2, 7} {
			if err := use(n); tandem.CodeOf(err) != "no_such_version" || used() != 1 {
				t.Errorf("version %d: %v, in use is %d", n, err, used())
			}
		}
		if err := use(0); err != nil || used() != 0 {
			t.Errorf("back to the shipped one: %v", err)
		}
		for range 6 {
			add(store.ModelAccepted)
		}
		all, err := b.Models(bg, ws, 50)
		if err != nil || len(all) != 8 || all[0].Number != 8 || !all[0].Used || all[0].Changed["other"] != 3 || all[0].After.Topics != 0.5 || all[0].Took != time.Second {
			t.Fatalf("versions %+v, %v", all, err)
		}
		for _, m := range all {
			if want := m.Number >= 5; m.Kept != want {
				t.Errorf("version %d kept: %v", m.Number, m.Kept)
			}
		}
		if err := use(5); err != nil || used() != 5 {
			t.Errorf("an older one that is kept: %v", err)
		}
	})
}

func TestBrandWords(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		add := func(side, pattern string) (w store.BrandWord, err error) {
			err = b.Write(bg, ws, func(tx *store.Tx) error {
				w, err = tx.AddBrandWord(store.BrandWord{Side: side, Pattern: pattern}, "anna")
				return err
			})
			return w, err
		}
		w, err := add("harmless", "skandal*")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := add("hard", "skandal*"); tandem.CodeOf(err) != "word_exists" {
			t.Errorf("the same word twice: %v", err)
		}
		if _, err := add("funny", "x"); tandem.CodeOf(err) != "bad_side" {
			t.Errorf("a side that is none: %v", err)
		}
		if all, err := b.BrandWords(bg, ws); err != nil || len(all) != 1 || all[0] != w || all[0].By != "anna" {
			t.Errorf("words %+v, %v", all, err)
		}
		for range 2 {
			err = b.Write(bg, ws, func(tx *store.Tx) error { return tx.DropBrandWord(w.ID, "anna") })
		}
		if all, _ := b.BrandWords(bg, ws); len(all) != 0 || tandem.KindOf(err) != tandem.NotFound {
			t.Errorf("left %+v, %v", all, err)
		}
	})
}
