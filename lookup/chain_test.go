package lookup_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/lookup"
	"tandem/sim"
)

// demo is the demo company's shop and courier behind one chain, without a cache so that a test sees
// each change.
type demo struct {
	*sim.World
	chain *lookup.Chain
	mu    sync.Mutex
	asked []string // what left
	zone  *time.Location
}

func newDemo(t *testing.T) *demo {
	t.Helper()
	d := &demo{World: sim.ModnaSzafa(time.Now())}
	t.Cleanup(d.World.Close)
	web := serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.asked = append(d.asked, r.URL.String())
		d.mu.Unlock()
		if r.Host == sim.CourierHost {
			d.Courier.ServeHTTP(w, r)
			return
		}
		d.Shop.ServeHTTP(w, r)
	}))
	shop, err := lookup.Open("httpjson", map[string]string{"base": "https://" + sim.ShopHost, "cache": "0"}, map[string]string{"token": sim.ShopToken}, web)
	if err != nil {
		t.Fatal(err)
	}
	inpost, err := lookup.Open("inpost", map[string]string{"cache": "0"}, nil, web)
	if err != nil {
		t.Fatal(err)
	}
	d.chain = &lookup.Chain{Sources: []lookup.Source{shop, inpost}}
	d.zone, _ = time.LoadLocation("Europe/Warsaw")
	return d
}

func (d *demo) find(t *testing.T, touchpoint, channel, user string, entities ...tandem.Entity) tandem.Findings {
	t.Helper()
	q := tandem.Query{Touchpoint: touchpoint, Entities: entities, Now: time.Now(), Zone: d.zone, Lang: "pl"}
	if user != "" {
		q.Customer.Identities = []tandem.Identity{{Channel: channel, External: user}}
	}
	f, err := d.chain.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func e(kind, value string) tandem.Entity { return tandem.Entity{Kind: kind, Value: value} }

func fact(f tandem.Findings, key string) tandem.Fact {
	for _, x := range f.Facts {
		if x.Key == key {
			return x
		}
	}
	return tandem.Fact{}
}

func TestMarekIsFoundByHisChannelWithALateParcel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		f := d.find(t, "parcel_late", "instagram", "marek")
		p, promised := fact(f, "parcel"), fact(f, "promised")
		if f.Verified != tandem.V1 || f.Customer == nil || f.Customer.First != "Marek" || f.Customer.Count != 2 {
			t.Errorf("customer: %+v %v", f.Customer, f.Verified)
		}
		if fact(f, "order").Value != "48213" || p.Value != "delayed" || p.Text != "Opóźnienie w sortowni" || !p.Bad || p.Source != "InPost" || p.Class != tandem.D1 {
			t.Errorf("parcel: %+v", p)
		}
		if !promised.Bad || !strings.HasSuffix(promised.Text, "(termin minął)") {
			t.Errorf("promised: %+v", promised)
		}
		for key, class := range map[string]tandem.Class{"items": tandem.D2, "total": tandem.D2, "address": tandem.D3, "scan": tandem.D1, "place": tandem.D2} {
			if x := fact(f, key); x.Key == "" || x.Class != class || x.Text == "" || x.Source == "" || x.At.IsZero() || x.Subject == "" {
				t.Errorf("%s: %+v", key, x)
			}
		}
		if fact(f, "total").Value != "24998 PLN" || fact(f, "total").Text != "Wartość: 249,98 zł" {
			t.Errorf("total: %+v", fact(f, "total"))
		}
	})
}

func TestKasiasParcelIsOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		f := d.find(t, "parcel_tracking", "instagram", "kasia")
		for _, x := range f.Facts {
			if x.Bad {
				t.Errorf("bad: %+v", x)
			}
		}
		if fact(f, "parcel").Value != "out_for_delivery" || fact(f, "order").Value != "48377" {
			t.Errorf("%+v", f.Facts)
		}
	})
}

func TestWhoIsAskingDecidesWhatIsFound(t *testing.T) {
	cases := []struct {
		name          string
		channel, user string
		given         []tandem.Entity
		order         string // empty: nothing
		verified      tandem.Level
		mismatch      bool
	}{
		{"a stranger", "instagram", "nowy", nil, "", tandem.V0, false},
		{"a stranger with a number", "instagram", "nowy", []tandem.Entity{e("order", "48213")}, "", tandem.V0, false},
		{"a stranger with a number of no order", "instagram", "nowy", []tandem.Entity{e("order", "99999")}, "", tandem.V0, false},
		{"a stranger with a mail", "instagram", "nowy", []tandem.Entity{e("email", "marek.dabrowski@example.pl")}, "", tandem.V0, false},
		{"number and mail", "webchat", "v1", []tandem.Entity{e("order", "48213"), e("email", "Marek.Dabrowski@example.pl")}, "48213", tandem.V2, false},
		{"number and phone", "webchat", "v1", []tandem.Entity{e("order", "48213"), e("phone", "600 100 201")}, "48213", tandem.V2, false},
		{"number, surname and postcode", "webchat", "v1", []tandem.Entity{e("order", "48213"), e("surname", "DABROWSKI"), e("postcode", "00950")}, "48213", tandem.V2, false},
		{"number and surname alone", "webchat", "v1", []tandem.Entity{e("order", "48213"), e("surname", "Dąbrowski")}, "", tandem.V0, false},
		{"number and a wrong mail", "webchat", "v1", []tandem.Entity{e("order", "48213"), e("email", "kto@example.pl")}, "", tandem.V0, true},
		{"a number of no order and a mail", "webchat", "v1", []tandem.Entity{e("order", "99999"), e("email", "kto@example.pl")}, "", tandem.V0, true},
		{"the older of two named orders is right", "webchat", "v1", []tandem.Entity{e("order", "48213"), e("order", "11111"), e("phone", "600100201")}, "48213", tandem.V2, false},
		{"a known channel names an older order", "instagram", "marek", []tandem.Entity{e("order", "47102")}, "47102", tandem.V1, false},
		{"a known channel names somebody else's order", "instagram", "marek", []tandem.Entity{e("order", "48377")}, "", tandem.V1, true},
		{"a known channel names no order of the shop", "instagram", "marek", []tandem.Entity{e("order", "99999")}, "", tandem.V1, true},
		{"WhatsApp proves the number", "whatsapp", "48600100202", nil, "48377", tandem.V1, false},
		{"WhatsApp number and order", "whatsapp", "48600100202", []tandem.Entity{e("order", "48377")}, "48377", tandem.V2, false},
		{"a sender's address proves nothing", "email", "marek.dabrowski@example.pl", nil, "", tandem.V0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDemo(t)
				f := d.find(t, "parcel_tracking", c.channel, c.user, c.given...)
				if got := fact(f, "order").Value; got != c.order || f.Verified != c.verified || f.Mismatch != c.mismatch {
					t.Errorf("order %q verified %d mismatch %v", got, f.Verified, f.Mismatch)
				}
				if c.order == "" && len(f.Facts) > 0 || c.order == "" && c.verified == 0 && f.Customer != nil {
					t.Errorf("told: %+v %+v", f.Facts, f.Customer)
				}
			})
		})
	}
}

func TestAProvenMailIsAKnownChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		q := tandem.Query{Now: time.Now(), Touchpoint: "order_status", Customer: tandem.Customer{Identities: []tandem.Identity{
			{Channel: "email", External: "Marek.Dabrowski@example.pl", Verified: tandem.V1}}}}
		f, _ := d.chain.Find(t.Context(), q)
		if f.Verified != tandem.V1 || f.Customer == nil || f.Customer.ID != "c-1001" {
			t.Errorf("%+v", f)
		}
	})
}

func TestATypedParcelNumberShowsWhatTheCarrierShowsAndNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		f := d.find(t, "parcel_tracking", "instagram", "nowy", e("tracking", "620000000000000000048213"))
		if fact(f, "parcel").Value != "delayed" || f.Verified != tandem.V1 || f.Customer != nil || fact(f, "order").Key != "" {
			t.Errorf("%+v", f)
		}
		f = d.find(t, "parcel_tracking", "instagram", "nowy", e("tracking", "JJD0123456789"))
		if len(f.Facts) > 0 || f.Verified != tandem.V0 || len(f.Failed) > 0 {
			t.Errorf("another courier's number was asked for: %+v", f)
		}
	})
}

func TestTheTopicChoosesTheOrder(t *testing.T) {
	cases := []struct{ touchpoint, user, order, key, value string }{
		{"parcel_tracking", "agnieszka", "48366", "parcel", "in_transit"},
		{"refund_status", "agnieszka", "47755", "refund", "refund_overdue"},
		{"order_status", "ewelina.k", "48391", "status", "paid"},
		{"damaged_item", "marek", "47102", "parcel", "delivered"},
		{"order_status", "bartek_n", "48105", "parcel", "ready_for_pickup"},
	}
	for _, c := range cases {
		synctest.Test(t, func(t *testing.T) {
			d := newDemo(t)
			channel := map[string]string{"agnieszka": "facebook"}[c.user]
			if channel == "" {
				channel = "instagram"
			}
			f := d.find(t, c.touchpoint, channel, c.user)
			if fact(f, "order").Value != c.order || fact(f, c.key).Value != c.value {
				t.Errorf("%s of %s: %+v", c.touchpoint, c.user, f.Facts)
			}
		})
	}
}

func TestARefundPastItsDayAndALostParcelAreBadAndComeFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		f := d.find(t, "refund_status", "facebook", "agnieszka")
		if len(f.Facts) == 0 || f.Facts[0].Value != "refund_overdue" || !f.Facts[0].Bad {
			t.Errorf("%+v", f.Facts)
		}
		f = d.find(t, "parcel_lost", "webchat", "v", e("order", "48220"), e("phone", "+48 600 100 208"))
		if len(f.Facts) == 0 || f.Facts[0].Value != "exception_lost" || !f.Facts[0].Bad {
			t.Errorf("%+v", f.Facts)
		}
		if p := fact(d.find(t, "parcel_tracking", "instagram", "bartek_n"), "promised"); p.Bad {
			t.Error("a parcel that waits to be picked up is called late")
		}
	})
}

func TestASourceThatIsDownIsNamedAndTheOtherStillTells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		var heard []string
		d.chain.Report = func(source string, err error) { heard = append(heard, source) }
		d.Courier.Faults().Set(sim.Down, time.Minute)
		f := d.find(t, "parcel_late", "instagram", "marek")
		if !slices.Equal(f.Failed, []string{"inpost"}) || fact(f, "order").Value != "48213" || !fact(f, "promised").Bad || !slices.Equal(heard, []string{"inpost"}) {
			t.Errorf("%+v %v", f, heard)
		}
		d = newDemo(t)
		d.Shop.Faults().Set(sim.Slow, time.Minute)
		start := time.Now()
		f = d.find(t, "parcel_late", "instagram", "marek")
		if !slices.Equal(f.Failed, []string{"httpjson"}) || len(f.Facts) > 0 || time.Since(start) > 2600*time.Millisecond {
			t.Errorf("%+v after %s", f, time.Since(start))
		}
	})
}

func TestEveryStatusOfTheCourierHasAMeaning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		known := strings.Fields(`created handed_over in_transit delayed out_for_delivery ready_for_pickup pickup_expiring failed_attempt delivered
			returning returned cancelled unknown exception_lost exception_damaged exception_address exception_refused exception_oversize`)
		for _, status := range sim.ShipXStatuses() {
			if err := d.Courier.Scan("620000000000000000000001", status, time.Now()); err != nil {
				t.Fatal(err)
			}
			p := fact(d.find(t, "parcel_tracking", "", "", e("tracking", "620000000000000000000001")), "parcel")
			if !slices.Contains(known, p.Value) || p.Text == "" || p.Value == "unknown" && status != "other" {
				t.Errorf("%s: %+v", status, p)
			}
		}
	})
}

func TestNothingButIdentityLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDemo(t)
		d.find(t, "parcel_late", "instagram", "marek", e("order", "48213"), e("name", "Marek"), e("amount", "120 zł"), e("pesel", "90010112345"))
		for _, u := range d.asked {
			for _, no := range []string{"Marek", "120", "90010112345", "parcel_late"} {
				if strings.Contains(u, no) {
					t.Errorf("left: %s", u)
				}
			}
			if strings.Contains(u, sim.CourierHost) && strings.Contains(u, "c-1001") {
				t.Errorf("the courier was told who asks: %s", u)
			}
		}
		if len(d.asked) == 0 {
			t.Fatal("nothing was asked")
		}
	})
}
