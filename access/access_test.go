package access

import (
	"context"
	"strings"
	"testing"
	"time"

	"tandem"
)

// law is the table as a person would write it down: who may not. A new action has to be added here
// on purpose.
var law = map[string]string{
	MeRead: "amo", MeChange: "amo", PeopleRead: "amo", PeopleChange: "o", ConversationRead: "amo", ConversationTakeOver: "amo", ConversationReply: "amo",
	ConversationRelease: "Amo", ConversationSort: "amo", CustomerMerge: "amo", CustomerErase: "mo", ConversationAssign: "Amo", ConversationNote: "amo", PromiseKeep: "amo",
	DraftRead: "amo", DraftDecide: "amo", ActionPropose: "amo", ActionDecide: "amo", WallRead: "amo", PolicyRead: "amo", PolicyChange: "mo", PolicyPause: "amo", PolicyResume: "mo", SampleRead: "mo",
	DecisionRead: "amo", DecisionReplay: "mo", AccountRead: "amo", AccountChange: "o", AccountTest: "mo", LearningRead: "amo", LearningLabel: "amo", LearningJudge: "mo", SignInRead: "mo", JobRead: "mo",
}

func TestTableIsTheLaw(t *testing.T) {
	roles := map[string]tandem.Role{"a": tandem.RoleAgent, "m": tandem.RoleManager, "o": tandem.RoleOwner}
	for action := range table {
		if _, ok := law[action]; !ok {
			t.Errorf("%s is in the table and not in the law of this test", action)
		}
	}
	for action, who := range law {
		if _, known := table[action]; !known {
			t.Errorf("%s is not in the table", action)
		}
		for letter, role := range roles {
			u := tandem.User{ID: "u", Workspace: "w", Role: role}
			free, mine, theirs := Object{Workspace: "w"}, Object{Workspace: "w", Agent: "u"}, Object{Workspace: "w", Agent: "x"}
			always, ifFree := strings.Contains(who, letter), strings.Contains(who, strings.ToUpper(letter))
			if Can(u, action, free) != (always || ifFree) || Can(u, action, mine) != (always || ifFree) || Can(u, action, theirs) != always {
				t.Errorf("%s as %s: free %v, mine %v, a colleague's %v; the law says %q", action, role, Can(u, action, free), Can(u, action, mine), Can(u, action, theirs), who)
			}
			for name, o := range map[string]Object{"another company's": {Workspace: "v"}, "nobody's": {}} {
				if Can(u, action, o) {
					t.Errorf("%s may do %s to %s", role, action, name)
				}
			}
		}
	}
}

func TestStrangersMayNothing(t *testing.T) {
	for _, u := range []tandem.User{{}, {ID: "u", Workspace: "w"}, {ID: "u", Workspace: "w", Role: "root"}, {Workspace: "w", Role: tandem.RoleOwner}, {ID: "u", Role: tandem.RoleOwner}} {
		for action := range table {
			if Can(u, action, Object{Workspace: u.Workspace}) {
				t.Errorf("%+v may %s", u, action)
			}
		}
	}
	if Can(tandem.User{ID: "u", Workspace: "w", Role: tandem.RoleOwner}, "conversation.sell", Object{Workspace: "w"}) {
		t.Error("an action that nobody knows is allowed")
	}
}

// TestEveryEventAsks: a kind of event that is missing in the table would never be seen by anybody.
func TestEveryEventAsks(t *testing.T) {
	for _, k := range []tandem.EventKind{
		tandem.MessageAdded, tandem.MessageChanged, tandem.OwnerChanged, tandem.AlertRaised, tandem.AlertWidened, tandem.CardChanged, tandem.CardWorded, tandem.DecisionMade, tandem.DraftAdded,
		tandem.DraftChanged, tandem.NoteAdded, tandem.PromiseAdded, tandem.PromiseChanged, tandem.ConversationMoved, tandem.CustomerChanged, tandem.CustomerMerged,
		tandem.CustomerSplit, tandem.AccountChanged, tandem.PolicyChanged, tandem.PresenceChanged, tandem.BotSuppressed, tandem.JobDead, tandem.UserSignedIn, tandem.UserChanged, tandem.ActionAdded, tandem.ActionChanged,
	} {
		if _, known := table[EventAction(k)]; !known {
			t.Errorf("%s asks for %q", k, EventAction(k))
		}
	}
	if EventAction("x") != "" {
		t.Error("an unknown kind has a right")
	}
}

func TestPasswordFitsOnlyItself(t *testing.T) {
	ctx := context.Background()
	h, err := Hash(ctx, "zażółć gęślą jaźń")
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s %v", h, err)
	}
	for password, want := range map[string]bool{"zażółć gęślą jaźń": true, "zażółć gęślą jaźn": false, "": false, strings.Repeat("x", 2000): false} {
		if got, err := Check(ctx, h, password); got != want || err != nil {
			t.Errorf("%q fits: %v %v", password, got, err)
		}
	}
	if again, _ := Hash(ctx, "zażółć gęślą jaźń"); again == h {
		t.Error("two people with one password have one hash")
	}
	for _, bad := range []string{"", strings.Repeat("x", 1025), "\xff"} {
		if _, err := Hash(ctx, bad); tandem.KindOf(err) != tandem.Invalid {
			t.Errorf("%.10q is a password: %v", bad, err)
		}
	}
	for _, broken := range []string{"x", "$argon2id$v=19$m=19456,t=2,p=1$a", "$argon2id$v=19$m=99999999,t=2,p=1$YWFhYWFhYWFhYWFhYWFhYQ$YQ", "$bcrypt$a$b$c$d"} {
		if ok, err := Check(ctx, broken, "x"); ok || err != nil {
			t.Errorf("%s: %v %v", broken, ok, err)
		}
	}
}

// TestNobodyTakesAsLongAsSomebody: the hash for unknown addresses is computed with the same cost.
func TestNobodyTakesAsLongAsSomebody(t *testing.T) {
	h, err := Hash(context.Background(), "x")
	if err != nil {
		t.Fatal(err)
	}
	cost := func(s string) string { return strings.Join(strings.Split(s, "$")[:4], "$") }
	if cost(h) != cost(nobody) {
		t.Errorf("somebody costs %s, nobody %s", cost(h), cost(nobody))
	}
	if ok, err := Check(context.Background(), "", ""); ok || err != nil {
		t.Errorf("nobody signed in: %v %v", ok, err)
	}
}

func TestHashingWaitsForAFreeCore(t *testing.T) {
	for range cap(slots) {
		slots <- struct{}{}
	}
	defer func() {
		for range cap(slots) {
			<-slots
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := Hash(ctx, "x"); tandem.KindOf(err) != tandem.Transient || err == nil {
		t.Errorf("hashing did not wait: %v", err)
	}
}

func TestTokenIsStoredAsItsHash(t *testing.T) {
	a, hash := NewToken()
	b, _ := NewToken()
	if a == b || len(a) != 43 || hash != TokenHash(a) || strings.Contains(hash, a) {
		t.Errorf("%s %s %s", a, b, hash)
	}
	c := SessionCookie(a, true)
	if !c.HttpOnly || !c.Secure || c.MaxAge != 14*24*3600 || c.Path != "/" {
		t.Errorf("the cookie is %+v", c)
	}
	if gone := SessionCookie("", true); gone.MaxAge != -1 || gone.Value != "" {
		t.Errorf("the cookie that takes it away is %+v", gone)
	}
}

func TestLimiterRefills(t *testing.T) {
	l := &Limiter{Burst: 2, Per: time.Minute}
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i, want := range []bool{true, true, false} {
		if err := l.Take("a", at); (err == nil) != want {
			t.Errorf("take %d: %v", i, err)
		}
	}
	if l.Take("b", at) != nil {
		t.Error("another key is limited too")
	}
	if err := l.Take("a", at.Add(30*time.Second)); err != nil {
		t.Errorf("after half the time one is back: %v", err)
	}
	if err := l.Take("a", at.Add(31*time.Second)); tandem.KindOf(err) != tandem.Limited {
		t.Errorf("and not two: %v", err)
	}
	l.Clear("a")
	if l.Take("a", at.Add(31*time.Second)) != nil {
		t.Error("a cleared key is limited")
	}
	for i := range mostKeys + 100 {
		l.Take(string(rune(i)), at)
	}
	if len(l.keys) > mostKeys {
		t.Errorf("%d keys are remembered", len(l.keys))
	}
	if (&Limiter{}).Take("a", at) == nil {
		t.Error("the zero limiter allows something")
	}
}
