package sim

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Meta is one Graph: graph.facebook.com and graph.instagram.com with the accounts, people, messages and comments
// behind them. As an http.Handler it answers Graph calls; its methods are what people do in the apps. Which of the two
// hosts is meant is read from the request's host; on any other host (loopback) the token decides.
// Safe for many goroutines. Close it when done.
type Meta struct {
	mu       sync.Mutex
	client   *http.Client
	apps     map[string]*App
	assets   []*Asset
	people   []*Person
	byName   map[string]*Person
	byID     map[string]*Person
	messages map[string]*message
	comments map[string]*comment
	posts    map[string]*post
	files    map[string]*file
	outbox   map[string][]Out // by platform, and by platform/person
	log      []Attempt
	queues   map[string][]*hook
	held     []*hook
	holding  bool
	quirks   Quirks
	faults   map[string]*Faults
	clock    int64
	uploads  map[string]bool // ids of message_attachments
	run      string
	ctx      context.Context // of deliveries, ends with Close
	cancel   context.CancelFunc
	alarms   alarms
}

// App is one Meta app: who signs webhooks. A product that connects Instagram through Instagram Login has two,
// because those webhooks are signed with the Instagram app secret (CHANNELS 1.2).
type App struct {
	ID     string // as echoes and thread control name it
	Secret string // signs this app's webhooks
	// RequireProof makes every call need a right appsecret_proof (CHANNELS 0).
	RequireProof bool

	hooks map[string]*subscription // by object
	calls []time.Time
}

// Quirks are the allowed differences in behaviour between one Graph and another day's Graph.
type Quirks struct {
	EchoFirst         bool          // the echo webhook comes before the HTTP answer (CHANNELS 7.3)
	EchoDelay         time.Duration // otherwise it comes this long after; zero means 30 ms
	InstagramEchoBare bool          // Instagram echoes carry neither app_id nor metadata (CHANNELS 3.2)
	NoEcho            bool          // echoes are lost
	OtherRecipient    bool          // a private reply's recipient_id differs from the comment's from.id (CHANNELS 8.1)
	OldSenderForm     bool          // feed changes carry sender_id and sender_name in place of from (CHANNELS 4.1)
	NoFrom            bool          // feed changes carry no author at all
	CommentIDKey      bool          // Instagram comments carry comment_id in place of id (CHANNELS 5.1)
	CallCap           int           // calls an app may make in 24 h; zero means 200 per engaged user (CHANNELS 9.2)
	SyncErrors        bool          // WhatsApp refuses at once what it otherwise accepts and fails later (CHANNELS 6.3)
	SkipDelivered     bool          // WhatsApp statuses jump from sent to read
	ReorderStatuses   bool          // WhatsApp sends delivered before sent
	DoubleStatuses    bool          // every WhatsApp status comes twice
	NoStatusRecipient bool          // WhatsApp statuses lack recipient_id
	CDN               string        // where files of messages are fetched from; empty means https://cdn.meta.example
	AutoRead          time.Duration // people read what reaches them after this long; zero means only on Read
}

// Ids that the simulator gives to its two apps and to Meta's own inboxes (CHANNELS 7.1).
const (
	FacebookApp    = "880000000000001"
	InstagramApp   = "880000000000002"
	PageInbox      = "263902037430900"
	InstagramInbox = "1217981644879628"
)

// NewMeta gives a Graph with the apps FacebookApp (secret "tandem-test-app-secret") and InstagramApp (secret
// "tandem-test-instagram-secret") and nothing else. Webhooks go out through client; nil means http.DefaultClient.
func NewMeta(client *http.Client) *Meta {
	if client == nil {
		client = http.DefaultClient
	}
	m := &Meta{
		client: client, apps: map[string]*App{}, byName: map[string]*Person{}, byID: map[string]*Person{},
		messages: map[string]*message{}, comments: map[string]*comment{}, posts: map[string]*post{},
		files: map[string]*file{}, outbox: map[string][]Out{}, uploads: map[string]bool{}, queues: map[string][]*hook{}, faults: map[string]*Faults{},
		run: strconv.FormatInt(time.Now().UnixMicro(), 36),
	}
	m.ctx, m.cancel = context.WithCancel(context.Background())
	for _, p := range []string{"instagram", "messenger", "facebook", "whatsapp"} {
		m.faults[p] = &Faults{knows: []Mode{Unwanted, TokenExpired}}
	}
	m.apps[FacebookApp] = &App{ID: FacebookApp, Secret: "tandem-test-app-secret", hooks: map[string]*subscription{}}
	m.apps[InstagramApp] = &App{ID: InstagramApp, Secret: "tandem-test-instagram-secret", hooks: map[string]*subscription{}}
	return m
}

// Connect sets the client that webhooks go out through.
func (m *Meta) Connect(client *http.Client) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.client = client
}

// App gives one of the two apps, so that a test can change its secret before anything is sent.
func (m *Meta) App(id string) *App {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.apps[id]
}

// Quirk changes the quirks; change runs under the simulator's lock and must not call it.
func (m *Meta) Quirk(change func(*Quirks)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(&m.quirks)
}

// Faults gives the faults of one platform: "instagram", "messenger", "facebook" (comments) or "whatsapp"; else nil.
func (m *Meta) Faults(platform string) *Faults { return m.faults[platform] }

// Close stops every delivery and waits until none runs. Nothing is delivered afterwards.
func (m *Meta) Close() {
	m.cancel()
	m.alarms.close()
}

// number gives a new id of 16 digits. It grows with time, so that a product which keeps its data over a restart of
// the simulator does not meet an old id again.
func (m *Meta) number() string {
	m.clock = max(m.clock+1, time.Now().UnixMicro())
	return strconv.FormatInt(m.clock, 10)
}

// newID gives a new message id with the platform's look.
func (m *Meta) newID(p string) string {
	n := m.number()
	switch p {
	case "instagram":
		return "aWc_" + n
	case "whatsapp":
		return "wamid." + n
	}
	return "m_" + n
}

// fail is for wiring mistakes of a test author: a nil asset or the wrong kind of one.
func fail(a *Asset, want string, kinds ...Kind) {
	if a == nil {
		panic("sim: no asset for " + want)
	}
	for _, k := range kinds {
		if a.Kind == k {
			return
		}
	}
	panic(fmt.Sprintf("sim: %s is not possible on %s", want, a.Kind))
}
