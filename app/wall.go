package app

import (
	"context"
	"slices"
	"time"

	"tandem"
	"tandem/access"
	"tandem/store"
)

// The size of the live wall.
const (
	wallTiles  = 60
	wallLines  = 30
	wallWindow = 24 * time.Hour // of the bot's times and of ignored requests
)

// overdueAfter is how long a customer's message may be without a disposition: bursts, thinking and
// the hand-over fit several times (I6).
const overdueAfter = 30 * time.Second

func (a *App) wall(ctx context.Context, c caller, _ *nothing) (Wall, error) {
	w := Wall{Tiles: []Row{}, Team: []Person{}, Happening: []EventLine{}}
	p, err := a.people(ctx, c.Workspace)
	if err != nil {
		return w, err
	}
	s, err := a.space(ctx, c.Workspace)
	if err != nil {
		return w, err
	}
	n, err := a.db.Counts(ctx, c.Workspace, c.ID)
	if err != nil {
		return w, err
	}
	w.Bot, w.Waiting, w.People, w.Drafts, w.Paused = n.Bot, n.NeedsHuman, n.Team-n.NeedsHuman, n.Drafts, s.Settings.Paused
	w.Team = p.list()
	if err := a.tiles(ctx, c, &w, p); err != nil {
		return w, err
	}
	if err := a.health(ctx, c, &w); err != nil {
		return w, err
	}
	return w, a.happening(ctx, c, &w, p)
}

// tiles are the conversations by risk: all that wait, then the newest of people and of the bot.
func (a *App) tiles(ctx context.Context, c caller, w *Wall, p people) error {
	at := now()
	seen := map[tandem.ConversationID]bool{}
	mood := 0.0
	for _, view := range []string{"needs_human", "team", "bot"} {
		lines, _, err := a.db.Lines(ctx, c.Workspace, store.View{Name: view, Limit: 200})
		if err != nil {
			return err
		}
		for _, l := range lines {
			if seen[l.ID] {
				continue
			}
			seen[l.ID] = true
			mood += l.Mood.Score()
			w.Tiles = append(w.Tiles, row(l, p, c.lang, at))
			if l.Owner == tandem.Queue && !l.WaitSince.IsZero() {
				w.LongestS = max(w.LongestS, int(at.Sub(l.WaitSince).Seconds()))
			}
		}
	}
	if len(seen) > 0 {
		w.Mood = mood / float64(len(seen))
	}
	slices.SortStableFunc(w.Tiles, func(a, b Row) int {
		if a.Risk != b.Risk {
			return b.Risk - a.Risk
		}
		return b.LastAt.Compare(a.LastAt)
	})
	w.Tiles = w.Tiles[:min(len(w.Tiles), wallTiles)]
	return nil
}

// health are the figures that must be 0, and how fast the bot is.
func (a *App) health(ctx context.Context, c caller, w *Wall) (err error) {
	if w.Overdue, err = a.db.Overdue(ctx, c.Workspace, now().Add(-overdueAfter)); err != nil {
		return err
	}
	if w.Ignored, err = a.db.Ignored(ctx, c.Workspace, now().Add(-wallWindow)); err != nil {
		return err
	}
	dead, err := a.db.DeadJobs(ctx, c.Workspace)
	if err != nil {
		return err
	}
	w.DeadJobs = len(dead)
	took, err := a.db.BotTimes(ctx, c.Workspace, now().Add(-wallWindow))
	if n := len(took); n > 0 {
		w.BotP50MS, w.BotP95MS = int(took[n/2].Milliseconds()), int(took[min(n-1, n*95/100)].Milliseconds())
	}
	return err
}

// told are the events that the wall tells in words.
var told = map[tandem.EventKind]bool{
	tandem.OwnerChanged: true, tandem.AlertRaised: true, tandem.AlertWidened: true, tandem.WindowClosing: true, tandem.DraftAdded: true, tandem.PromiseChanged: true,
	tandem.AccountChanged: true, tandem.PolicyChanged: true, tandem.BotSuppressed: true, tandem.JobDead: true,
}

func (a *App) happening(ctx context.Context, c caller, w *Wall, p people) error {
	last, err := a.db.LastEvent(ctx, c.Workspace)
	if err != nil {
		return err
	}
	events, err := a.db.EventsAfter(ctx, c.Workspace, max(0, last-400), 400)
	if err != nil {
		return err
	}
	for _, e := range slices.Backward(events) {
		if len(w.Happening) == wallLines {
			break
		}
		if !told[e.Kind] || quiet(e) || !access.Can(c.User, access.EventAction(e.Kind), access.Object{Workspace: e.Workspace}) {
			continue
		}
		w.Happening = append(w.Happening, EventLine{At: e.At, Kind: e.Kind, Conversation: e.Conversation, Text: eventLine(e, p, c.lang)})
	}
	return nil
}

// quiet tells what is no news for people: the first set-up, suggestions, and the change of owner that
// an alert tells already.
func quiet(e tandem.Event) bool {
	suggestion, _ := e.Data["suggestion"].(bool)
	return e.Actor == "setup" || suggestion || e.Kind == tandem.AccountChanged && e.Code == string(tandem.AccountOK) ||
		e.Kind == tandem.OwnerChanged && e.Data["to"] == string(tandem.Queue)
}

// eventLine is an event in words: who, and what.
func eventLine(e tandem.Event, p people, lang string) string {
	what := words(lang, string(e.Kind))
	if kind := text(e.Data["kind"]); e.Kind == tandem.AlertRaised && kind != "" {
		return words(lang, e.Code+":"+kind)
	}
	if e.Code != "" {
		if s := words(lang, e.Code); s != e.Code {
			what = s
		}
	}
	if name := p.name(tandem.UserID(e.Actor)); name != "" {
		return name + ": " + what
	}
	return what
}
