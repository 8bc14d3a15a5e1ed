package live

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"tandem"
)

// Where words travel: tandem.events.<workspace> with the newest number, tandem.jobs with a due time
// in microseconds.
const (
	eventSubject = "tandem.events."
	jobSubject   = "tandem.jobs"
)

// How a lost server is sought: all nodes lose it at the same moment and must not come back at the
// same moment.
const (
	comeBack = 500 * time.Millisecond
	jitter   = 500 * time.Millisecond
	farewell = time.Second // for the last words, and for an answer to the first
)

// natsBus is a Bus on a NATS cluster. One goroutine publishes, so that a slow network stops nobody;
// what it has not told yet is one number a workspace.
type natsBus struct {
	conn    *nats.Conn
	secrets *strings.Replacer
	report  func(up bool, why string)
	kick    chan struct{}
	stop    chan struct{}
	once    sync.Once
	over    sync.WaitGroup

	mu    sync.Mutex
	words map[tandem.WorkspaceID]int64
	due   time.Time
	heard func(Word)
	down  map[trouble]bool // what is wrong since words last travelled; empty while they do
}

// trouble is a kind of reason why words do not travel. Each is reported once until they travel again:
// servers are tried twice a second.
type trouble int

const (
	silent     trouble = iota // no server answers
	unwelcome                 // a server does not let us in
	restrained                // a server does not let us tell or listen
)

// Dial joins a NATS cluster: addresses is one URL (nats://, tls://, ws:// or wss://) or several with
// commas, with user and password or a token in the URL where the cluster asks for them. A server
// that does not answer is no error: it is sought for ever, and meanwhile words are lost. report is
// told when words begin and cease to travel and why, without secrets; it may be nil. Invalid: an
// address that cannot be read; the error does not repeat it.
func Dial(addresses string, report func(up bool, why string)) (Bus, error) {
	secrets, err := readAddresses(addresses)
	if err != nil {
		return nil, err
	}
	b := &natsBus{
		secrets: strings.NewReplacer(secrets...), report: report, kick: make(chan struct{}, 1), stop: make(chan struct{}), words: map[tandem.WorkspaceID]int64{},
		down: map[trouble]bool{},
	}
	up := func(*nats.Conn) { b.back() }
	down := func(_ *nats.Conn, err error) { b.away(err) }
	b.conn, err = nats.Connect(addresses, nats.Name("tandem"), nats.NoEcho(), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1),
		nats.IgnoreAuthErrorAbort(), // a password may be put right on the server
		nats.ReconnectWait(comeBack), nats.ReconnectJitter(jitter, jitter), nats.ReconnectBufSize(-1), nats.Timeout(2*time.Second),
		nats.PingInterval(10*time.Second), nats.MaxPingsOutstanding(2), nats.FlusherTimeout(5*time.Second),
		nats.ConnectHandler(up), nats.ReconnectHandler(up), nats.DisconnectErrHandler(down), nats.ReconnectErrHandler(down),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { b.refused(err) }))
	if err != nil {
		return nil, tandem.Errorf(tandem.Invalid, "NATS cannot be used: %s", b.secrets.Replace(err.Error()))
	}
	b.over.Go(b.tell)
	return b, nil
}

// readAddresses checks the addresses and returns what of them is secret, each with what is shown in
// its place.
func readAddresses(addresses string) (secrets []string, err error) {
	for one := range strings.SplitSeq(addresses, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		if err != nil {
			return nil, tandem.Errorf(tandem.Invalid, "a NATS address cannot be read: it is nats://HOST:PORT") // url's error repeats it
		}
		switch u.Scheme {
		case "nats", "tls", "ws", "wss":
		default:
			return nil, tandem.Errorf(tandem.Invalid, "a NATS address begins with nats:// or tls://")
		}
		if u.Hostname() == "" {
			return nil, tandem.Errorf(tandem.Invalid, "a NATS address has no host: it is nats://HOST:PORT")
		}
		password, both := u.User.Password()
		hide := []string{password}
		if !both {
			hide = []string{u.User.Username()} // alone it is a token
		}
		for _, s := range hide {
			if s != "" {
				secrets = append(secrets, s, "***", url.QueryEscape(s), "***")
			}
		}
	}
	return secrets, nil
}

// Tell implements Bus.
func (b *natsBus) Tell(w Word) {
	b.mu.Lock()
	if w.Workspace != "" {
		b.words[w.Workspace] = max(b.words[w.Workspace], w.Seq)
	}
	if !w.Due.IsZero() && (b.due.IsZero() || w.Due.Before(b.due)) {
		b.due = w.Due
	}
	b.mu.Unlock()
	b.wake()
}

func (b *natsBus) wake() {
	select {
	case b.kick <- struct{}{}:
	default:
	}
}

// tell publishes until the bus is closed.
func (b *natsBus) tell() {
	for {
		select {
		case <-b.kick:
			b.publish()
		case <-b.stop:
			b.publish()
			return
		}
	}
}

// publish sends what has not been told. Without a server it is kept for the next one.
func (b *natsBus) publish() {
	if !b.conn.IsConnected() {
		return
	}
	b.mu.Lock()
	words, due := b.words, b.due
	b.words, b.due = map[tandem.WorkspaceID]int64{}, time.Time{}
	b.mu.Unlock()
	for ws, seq := range words {
		if b.conn.Publish(eventSubject+url.PathEscape(string(ws)), strconv.AppendInt(nil, seq, 10)) != nil {
			b.keep(Word{Workspace: ws, Seq: seq})
		}
	}
	if !due.IsZero() && b.conn.Publish(jobSubject, strconv.AppendInt(nil, due.UnixMicro(), 10)) != nil {
		b.keep(Word{Due: due})
	}
}

// keep is Tell without the kick: the next word or the next server brings it out.
func (b *natsBus) keep(w Word) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.Workspace != "" {
		b.words[w.Workspace] = max(b.words[w.Workspace], w.Seq)
	} else if b.due.IsZero() || w.Due.Before(b.due) {
		b.due = w.Due
	}
}

// Listen implements Bus.
func (b *natsBus) Listen(ctx context.Context, heard func(Word)) error {
	b.mu.Lock()
	b.heard = heard
	b.mu.Unlock()
	for _, subject := range []string{eventSubject + ">", jobSubject} {
		s, err := b.conn.Subscribe(subject, func(m *nats.Msg) {
			if w, ok := word(m); ok && ctx.Err() == nil {
				heard(w)
			}
		})
		if err != nil {
			return tandem.Errorf(tandem.Transient, "listen to other nodes: %s", b.secrets.Replace(err.Error()))
		}
		defer s.Unsubscribe()
	}
	b.known()
	heard(Word{}) // what was told before this moment is lost
	<-ctx.Done()
	b.mu.Lock()
	b.heard = nil
	b.mu.Unlock()
	return nil
}

// known waits until the server has taken in what this node listens to: only what is told from then on
// is sure to come. A server that does not answer is sought, and found means back.
func (b *natsBus) known() {
	if b.conn.IsConnected() {
		b.conn.FlushTimeout(farewell)
	}
}

// word reads a message; what cannot be read is from somebody else.
func word(m *nats.Msg) (Word, bool) {
	n, err := strconv.ParseInt(string(m.Data), 10, 64)
	if err != nil || n <= 0 {
		return Word{}, false
	}
	if m.Subject == jobSubject {
		return Word{Due: time.UnixMicro(n).UTC()}, true
	}
	ws, err := url.PathUnescape(strings.TrimPrefix(m.Subject, eventSubject))
	return Word{Workspace: tandem.WorkspaceID(ws), Seq: n}, err == nil && ws != ""
}

// back is told that a server answers: what could not be told is told, what may have been lost is
// looked for.
func (b *natsBus) back() {
	b.mu.Lock()
	heard, was := b.heard, len(b.down) > 0
	clear(b.down)
	b.mu.Unlock()
	b.wake()
	if heard != nil {
		b.known()
		heard(Word{})
	}
	if was && b.report != nil {
		b.report(true, "")
	}
}

// away is told that there is no server, or none that lets us in.
func (b *natsBus) away(err error) {
	kind := silent
	for _, one := range []error{nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrAccountAuthExpired} {
		if errors.Is(err, one) {
			kind = unwelcome
		}
	}
	b.complain(kind, err)
}

// refused is told of what a server that answers does not allow, and of words that came too fast.
func (b *natsBus) refused(err error) {
	if !errors.Is(err, nats.ErrSlowConsumer) {
		b.complain(restrained, err)
		return
	}
	b.mu.Lock()
	heard := b.heard
	b.mu.Unlock()
	if heard != nil {
		heard(Word{})
	}
}

func (b *natsBus) complain(kind trouble, err error) {
	why := "the connection ended"
	if err != nil {
		why = b.secrets.Replace(err.Error())
	}
	b.mu.Lock()
	news := !b.down[kind]
	b.down[kind] = true
	b.mu.Unlock()
	select {
	case <-b.stop: // we left by ourselves
	default:
		if news && b.report != nil {
			b.report(false, why)
		}
	}
}

// Up implements Bus.
func (b *natsBus) Up() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.down) == 0 && b.conn.IsConnected()
}

// Close implements Bus: the last words are told. It may be called twice.
func (b *natsBus) Close() error {
	b.once.Do(func() {
		close(b.stop)
		b.over.Wait()
		if b.conn.IsConnected() {
			b.conn.FlushTimeout(farewell) // whoever does not hear it looks by itself
		}
		b.conn.Close()
	})
	return nil
}
