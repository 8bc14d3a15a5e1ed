package stories

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tandem"
	"tandem/sim"
	"tandem/stories/world"
)

// How much is written, and what share of it comes twice or late.
const (
	loadPeople = 20 // on each channel
	loadEach   = 8  // messages of each
	loadShare  = 0.2
	loadLate   = 10 * time.Second // at most; a person writes every two seconds
)

// loadChannel is one way to write.
type loadChannel struct {
	name    string
	ordered bool
	write   func(s *world.Stage, chat *sim.Webchat, who, text string, d sim.Delivery) error
}

// loadChannels are the ways to write. An Instagram comment carries no time of its own (CHANNELS.md 5.1), so
// its order is that of its delivery; the website's own words cannot overtake each other.
var loadChannels = []loadChannel{
	{"instagram", true, func(s *world.Stage, _ *sim.Webchat, who, text string, d sim.Delivery) error {
		s.World.Meta.DM(s.World.Instagram, who, text, sim.DMOptions{Delivery: d})
		return nil
	}},
	{"messenger", true, func(s *world.Stage, _ *sim.Webchat, who, text string, d sim.Delivery) error {
		s.World.Meta.DM(s.World.Page, who, text, sim.DMOptions{Delivery: d})
		return nil
	}},
	{"komentarz ig", false, func(s *world.Stage, _ *sim.Webchat, who, text string, d sim.Delivery) error {
		s.World.Meta.Comment(s.World.Instagram, who, "p1", text, sim.CommentOptions{Delivery: d})
		return nil
	}},
	{"komentarz fb", true, func(s *world.Stage, _ *sim.Webchat, who, text string, d sim.Delivery) error {
		s.World.Meta.Comment(s.World.Page, who, "p1", text, sim.CommentOptions{Delivery: d})
		return nil
	}},
	{"whatsapp", true, func(s *world.Stage, _ *sim.Webchat, who, text string, d sim.Delivery) error {
		s.World.Meta.Message(s.World.WhatsApp, who, sim.WhatsAppMessage{Type: "text", Text: text, Delivery: d})
		return nil
	}},
	{"czat", true, func(_ *world.Stage, chat *sim.Webchat, who, text string, d sim.Delivery) error {
		_, err := chat.Say(bg, who, text, max(1, d.Copies))
		return err
	}},
}

// TestDuplicatesAndDisorder writes on all channels at once while a fifth of the deliveries comes twice and a
// fifth overtakes others: each message is stored once, in the order of the platform's time, none is lost,
// and each has a disposition.
func TestDuplicatesAndDisorder(t *testing.T) {
	world.Each(t, func(t *testing.T, engine string) {
		t.Parallel()
		address := world.Database(t, engine)
		synctest.Test(t, func(t *testing.T) {
			s := world.New(t, address)
			defer s.Close()
			chat := &sim.Webchat{Client: s.Net.Client(), Base: "http://" + world.Host, SiteKey: "demo"}
			dice := rand.New(rand.NewPCG(4, 20))
			twice, late := 0, 0
			for n := range loadEach {
				for who := range loadPeople {
					for i, c := range loadChannels {
						d := sim.Delivery{Copies: 1}
						if dice.Float64() < loadShare {
							d.Copies = 2
							twice++
						}
						if dice.Float64() < loadShare {
							d.Delay = time.Duration(dice.Int64N(int64(loadLate)))
							late++
						}
						if err := c.write(s, chat, fmt.Sprintf("osoba %d %d", i, who), fmt.Sprintf("%s %d nr %d", c.name, who, n), d); err != nil {
							t.Fatal(err)
						}
					}
				}
				time.Sleep(2 * time.Second)
			}
			time.Sleep(2 * loadLate)
			synctest.Wait()
			stored := everything(t, s)
			if want := loadEach * loadPeople * len(loadChannels); len(stored) != want || twice < want/8 || late < want/8 {
				t.Errorf("%d messages are stored, %d were written (%d delivered twice, %d late)", len(stored), want, twice, late)
			}
			checkOnce(t, stored)
			checkOrder(t, stored)
			s.Invariants(t)
		})
	})
}

// written is a customer's message in its conversation, in the order of reading.
type written struct {
	conversation tandem.ConversationID
	tandem.Message
}

// everything is what customers wrote, conversation by conversation as people read it.
func everything(t *testing.T, s *world.Stage) (out []written) {
	events, err := s.App.DB().EventsAfter(bg, world.Workspace, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[tandem.ConversationID]bool{}
	for _, e := range events {
		if e.Kind != tandem.MessageAdded || seen[e.Conversation] {
			continue
		}
		seen[e.Conversation] = true
		all, err := s.App.DB().Earlier(bg, world.Workspace, e.Conversation, 1<<40, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.Inbound() {
				out = append(out, written{e.Conversation, m})
			}
		}
	}
	return out
}

// checkOnce: no message is there twice, and somebody answers for each.
func checkOnce(t *testing.T, all []written) {
	t.Helper()
	texts := map[string]int{}
	for _, m := range all {
		texts[m.Text]++
		if m.Disposition == "" || m.Disposition == tandem.Pending {
			t.Errorf("%q has no disposition", m.Text)
		}
	}
	for text, n := range texts {
		if n != 1 {
			t.Errorf("%q is stored %d times", text, n)
		}
	}
}

// checkOrder: a person's messages stand in the order in which they were written, in one conversation.
func checkOrder(t *testing.T, all []written) {
	t.Helper()
	byPerson := map[string][]written{}
	for _, m := range all {
		person, _, _ := strings.Cut(m.Text, " nr ")
		byPerson[person] = append(byPerson[person], m)
	}
	for person, list := range byPerson {
		for i, m := range list {
			if m.conversation != list[0].conversation {
				t.Errorf("%s has two conversations", person)
			}
			if want := fmt.Sprintf("%s nr %d", person, i); m.Text != want && ordered(person) {
				t.Errorf("%q stands where %q belongs", m.Text, want)
			}
		}
	}
}

func ordered(person string) bool {
	return slices.ContainsFunc(loadChannels, func(c loadChannel) bool { return c.ordered && strings.HasPrefix(person, c.name+" ") })
}
