package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/app"
)

// said is what one command wrote and how it ended.
type said struct {
	code     int
	out, err string
}

// tandem runs one command to its end.
func tandemDoes(t *testing.T, in string, args ...string) said {
	t.Helper()
	var out, errw bytes.Buffer
	code := run(t.Context(), args, streams{strings.NewReader(in), &out, &errw})
	return said{code, out.String(), errw.String()}
}

func TestWrongUseIsOneSentenceAndTwo(t *testing.T) {
	t.Setenv("TANDEM_KEY", "")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	none, kept := filepath.Join(t.TempDir(), "none"), started(t)
	newer, foreign, damaged := newerDatabase(t), t.TempDir(), t.TempDir()
	spoil(t, foreign, func([]byte) []byte { return []byte("these are somebody's notes, and no database") })
	spoil(t, damaged, func(b []byte) []byte { return append(b[:4096:4096], bytes.Repeat([]byte{0xa5}, len(b)-4096)...) })
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", misuse, ""},
		{"help", good, ""},
		{"version", good, ""},
		{"fly", misuse, `no command "fly"`},
		{"demo --fast", misuse, "-fast"},
		{"demo more", misuse, "one argument too many"},
		{"demo --addr nowhere", misuse, "HOST:PORT"},
		{"demo --addr " + taken.Addr().String(), failed, "taken by another program"},
		{"serve --data " + kept + " --addr " + taken.Addr().String(), failed, "taken by another program"},
		{"serve --database mysql://x", misuse, "postgres://"},
		{"serve --nats nats://x", misuse, "--nats"},
		{"serve --llm sim", misuse, "--llm: the address of the language model"},
		{"serve --llm http://models.example/v1 --llm-model m", misuse, "https"},
		{"serve --llm http://127.0.0.1:11434/v1", misuse, "which language model"},
		{"demo --addr 127.0.0.1:0 --llm http://127.0.0.1:1/v1", misuse, "which language model"},
		{"serve --data " + newer + " --addr 127.0.0.1:0", failed, "start the newer program"},
		{"serve --data " + foreign + " --addr 127.0.0.1:0", failed, "is no database"},
		{"serve --data " + damaged + " --addr 127.0.0.1:0", failed, "tandem restore"},
		{"check --data " + damaged, failed, "is damaged"},
		{"serve --data " + kept + " --addr 127.0.0.1:99999", misuse, "HOST:PORT"},
		{"channel add webchat --data " + kept, failed, "external and widget_secret"},
		{"serve --data " + kept + " --key " + none + " --addr 127.0.0.1:0", failed, "there is no secrets key"},
		{"check --data " + none, failed, "there is no database"},
		{"check --data " + kept, good, ""},
		{"migrate --data " + kept, good, ""},
		{"backup --data " + kept, misuse, "usage: tandem backup"},
		{"restore --data " + kept, misuse, "usage: tandem restore"},
		{"backup --database postgres://u:geheim@x/y f", misuse, "pg_dump"},
		{"restore --data " + none + " " + filepath.Join(newer, "tandem.db"), failed, "use the newer program"},
		{"user", misuse, "usage: tandem user add"},
		{"user disable", misuse, "--email"},
		{"user add --email x --name X", misuse, "--email"},
		{"user add --email x@y.pl --name X --role king", misuse, "--role"},
		{"user add --email x@y.pl", misuse, "--name"},
		{"user add --email x@y.pl --name X --password short", misuse, "8 characters"},
		{"channel", misuse, "usage: tandem channel"},
		{"channel add", misuse, "instagram"},
		{"channel add telex --data " + kept, failed, "telex"},
		{"channel add instagram --data " + kept, failed, "external"},
		{"channel test nobody --data " + kept, misuse, "one argument too many"},
		{"key", misuse, "key new"},
		{"key new", good, ""},
	} {
		got := tandemDoes(t, "", strings.Fields(c.args)...)
		if got.code != c.code || !strings.Contains(got.err, c.says) {
			t.Errorf("tandem %s: %d %q, want %d and %q", c.args, got.code, got.err, c.code, c.says)
		}
		if strings.Count(got.err, "\n") > 1 || (c.code != good && c.args != "" && got.err == "") || strings.Contains(got.err, "geheim") {
			t.Errorf("tandem %s says %q", c.args, got.err)
		}
	}
}

// started is a data folder on which serve has once been started, with a company.
func started(t *testing.T) string {
	t.Helper()
	t.Setenv("TANDEM_KEY", "")
	data := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	b := begin(t, ctx, "serve", "--data", data, "--addr", "127.0.0.1:0")
	b.url(t)
	stop()
	if code := b.wait(); code != good {
		t.Fatalf("serve ended with %d: %s", code, b.text())
	}
	if !strings.Contains(b.text(), "tandem user add") {
		t.Errorf("a first start does not say how somebody can sign in: %s", b.text())
	}
	got := tandemDoes(t, "tajne-haslo\n", "user", "add", "--data", data, "--email", "szefowa@sklep.pl", "--name", "Szefowa", "--role", "owner", "--company", "Sklep")
	if got.code != good || !strings.Contains(got.out, "Sklep is there") {
		t.Fatalf("user add: %d %s%s", got.code, got.out, got.err)
	}
	return data
}

// newerDatabase is a data folder of a program of the future.
func newerDatabase(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "secrets.key"), []byte(app.NewKey()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(data, "tandem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`create table migration (version bigint primary key, name text not null); insert into migration values (9999, 'future')`); err != nil {
		t.Fatal(err)
	}
	return data
}

// spoil makes a data folder whose database is not what it was.
func spoil(t *testing.T, data string, how func([]byte) []byte) {
	t.Helper()
	from := started(t)
	for _, name := range []string{"secrets.key", "tandem.db"} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if name == "tandem.db" {
			b = how(b)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(data, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// begun is a command that serves.
type begun struct {
	mu   sync.Mutex
	out  bytes.Buffer
	done chan int
	news chan struct{}
}

func (b *begun) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, err := b.out.Write(p)
	select {
	case b.news <- struct{}{}:
	default:
	}
	return n, err
}

func (b *begun) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.String()
}

func (b *begun) wait() int { return <-b.done }

func begin(t *testing.T, ctx context.Context, args ...string) *begun {
	t.Helper()
	b := &begun{done: make(chan int, 1), news: make(chan struct{}, 1)}
	go func() { b.done <- run(ctx, args, streams{strings.NewReader(""), b, b}) }()
	return b
}

// url waits until a command says where it serves.
func (b *begun) url(t *testing.T) string {
	t.Helper()
	for {
		if _, rest, ok := strings.Cut(b.text(), "http://"); ok {
			if host, _, whole := strings.Cut(rest, "\n"); whole {
				return "http://" + host
			}
		}
		select {
		case <-b.news:
		case code := <-b.done:
			t.Fatalf("it ended with %d: %s", code, b.text())
		}
	}
}

func TestDemoPlaysAndStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	b := begin(t, ctx, "demo", "--addr", "127.0.0.1:0", "--data", t.TempDir())
	at := b.url(t)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/demo": 200, "/demo/shop": 200, "/": 200, "/api/me": 401, "/api/openapi.json": 200} {
		r, err := http.Get(at + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, r.StatusCode, want)
		}
	}
	post := func(path, body string, want int) []byte {
		r, err := http.Post(at+path, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		text, _ := io.ReadAll(r.Body)
		if r.StatusCode != want {
			t.Fatalf("%s: %d %s", path, r.StatusCode, text)
		}
		return text
	}
	for _, who := range []string{"ola", "piotr", "kierownik"} {
		post("/api/login", `{"email":"`+who+`@demo.pl","password":"demo"}`, 200)
	}
	post("/sim/instagram/dm", `{"from":"kasia","text":"Dzień dobry, kiedy dotrze moja paczka?"}`, 200)
	post("/sim/webchat/message", `{"from":"gosc","text":"ile kosztuje dostawa?"}`, 200)
	for platform, who := range map[string]string{"instagram": "kasia", "webchat": "gosc"} {
		if got := outbox(t, at+"/sim/"+platform+"/outbox?to="+who); !strings.Contains(got, "asystent") {
			t.Errorf("%s got %q", who, got)
		}
	}
	// A visitor of the site who is signed in to the shop is known by the shop's own proof.
	post("/sim/courier/parcels", `{"number":"620000000000000000090001","carrier":"inpost","status":"out_for_delivery"}`, 200)
	post("/sim/shop/orders", `{"number":"90001","customer":"Jan Nowy","email":"jan.nowy@example.pl","status":"sent","parcel":"620000000000000000090001"}`, 200)
	post("/sim/link", `{"platform":"webchat","user":"jan","customer":"jan.nowy@example.pl"}`, 200)
	post("/sim/webchat/message", `{"from":"jan","text":"Dzień dobry, kiedy dotrze moja paczka?"}`, 200)
	if got := outbox(t, at+"/sim/webchat/outbox?to=jan"); !strings.Contains(got, "90001") {
		t.Errorf("a signed-in visitor got %q", got)
	}
	stop()
	if code := b.wait(); code != good {
		t.Errorf("it stopped with %d: %s", code, b.text())
	}
}

// outbox asks until something is there.
func outbox(t *testing.T, url string) string {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); {
		r, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		var all []struct{ Text string }
		err = json.NewDecoder(r.Body).Decode(&all)
		r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if len(all) > 0 {
			return all[0].Text
		}
		<-time.After(50 * time.Millisecond)
	}
	return ""
}

// TestStreamsDoNotHoldTheStopBack: a desk that is open must not keep the program from ending.
func TestStreamsDoNotHoldTheStopBack(t *testing.T) {
	data := started(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	b := begin(t, ctx, "serve", "--data", data, "--addr", "127.0.0.1:0")
	at := b.url(t)
	r, err := http.Post(at+"/api/login", "application/json", strings.NewReader(`{"email":"szefowa@sklep.pl","password":"tajne-haslo"}`))
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	q, _ := http.NewRequest("GET", at+"/api/events", nil)
	q.AddCookie(r.Cookies()[0])
	stream, err := http.DefaultClient.Do(q)
	if err != nil || stream.StatusCode != 200 {
		t.Fatalf("%v %v", stream, err)
	}
	defer stream.Body.Close()
	first := make([]byte, 6)
	if _, err := io.ReadFull(stream.Body, first); err != nil {
		t.Fatal(err)
	}
	stop()
	if code := b.wait(); code != good { // what does not end by itself is cut off after goodbye, and that is no good end
		t.Errorf("it stopped with %d: %s", code, b.text())
	}
}

func TestBackupIsRestored(t *testing.T) {
	data, other := started(t), filepath.Join(t.TempDir(), "other")
	file := filepath.Join(t.TempDir(), "backup.db")
	if got := tandemDoes(t, "", "backup", "--data", data, file); got.code != good {
		t.Fatalf("backup: %s", got.err)
	}
	if got := tandemDoes(t, "", "backup", "--data", data, file); got.code != failed || !strings.Contains(got.err, "never overwrites") {
		t.Errorf("a backup was overwritten: %d %s", got.code, got.err)
	}
	if got := tandemDoes(t, "", "restore", "--data", other, file); got.code != good {
		t.Fatalf("restore: %s", got.err)
	}
	if got := tandemDoes(t, "", "restore", "--data", other, file); got.code != failed || !strings.Contains(got.err, "move it away") {
		t.Errorf("a database was overwritten: %d %s", got.code, got.err)
	}
	if got := tandemDoes(t, "", "check", "--data", other); got.code != failed || !strings.Contains(got.err, "secrets key") {
		t.Errorf("without its key: %d %s", got.code, got.err)
	}
	key, err := os.ReadFile(filepath.Join(data, "secrets.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "secrets.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := tandemDoes(t, "", "check", "--data", other); got.code != good || !strings.Contains(got.out, "all good") {
		t.Errorf("check: %d %s%s", got.code, got.out, got.err)
	}
}

func TestMissingKeyIsNotReplacedInSilence(t *testing.T) {
	data := started(t)
	if err := os.Remove(filepath.Join(data, "secrets.key")); err != nil {
		t.Fatal(err)
	}
	got := tandemDoes(t, "", "serve", "--data", data, "--addr", "127.0.0.1:0")
	if got.code != failed || !strings.Contains(got.err, "put the key back") {
		t.Errorf("%d %s", got.code, got.err)
	}
}

func TestAFileThatIsNoModelIsRefused(t *testing.T) {
	data := started(t)
	got := tandemDoes(t, "", "serve", "--data", data, "--addr", "127.0.0.1:0", "--model", filepath.Join(data, "secrets.key"))
	if got.code != failed || !strings.Contains(got.err, "tandem nlu train") {
		t.Errorf("%d %s", got.code, got.err)
	}
}

func TestChannelIsConnectedFromTheCommandLine(t *testing.T) {
	data := started(t)
	secret := filepath.Join(t.TempDir(), "s")
	os.WriteFile(secret, []byte("widget-secret\n"), 0o600)
	got := tandemDoes(t, "", "channel", "add", "webchat", "--data", data, "--name", "Strona", "external=site1", "widget_secret=@"+secret)
	if got.code != good || strings.Contains(got.out, "widget-secret") {
		t.Fatalf("%d %s%s", got.code, got.out, got.err)
	}
	if got := tandemDoes(t, "", "channel", "test", "--data", data); got.code != good || !strings.Contains(got.out, "Strona") {
		t.Errorf("%d %s%s", got.code, got.out, got.err)
	}
	if got := tandemDoes(t, "", "channel", "add", "webchat", "--data", data, "external=site1", "widget_secret=x"); got.code != failed {
		t.Errorf("the same site twice: %d", got.code)
	}
	if got := tandemDoes(t, "", "key", "rotate", "--data", data); got.code != good || !strings.Contains(got.out, "1 secrets") {
		t.Errorf("rotate: %d %s%s", got.code, got.out, got.err)
	}
	if got := tandemDoes(t, "", "channel", "test", "--data", data); got.code != good {
		t.Errorf("after the new key: %d %s", got.code, got.err)
	}
	raw, err := os.ReadFile(filepath.Join(data, "tandem.db"))
	if err != nil || bytes.Contains(raw, []byte("widget-secret")) {
		t.Errorf("the secret lies open in the file (%v)", err)
	}
}

func TestOpenAPIIsPrinted(t *testing.T) {
	got := tandemDoes(t, "", "openapi")
	var doc struct{ OpenAPI string }
	if err := json.Unmarshal([]byte(got.out), &doc); err != nil || doc.OpenAPI != "3.1.0" || got.code != good {
		t.Errorf("%d %v %q", got.code, err, doc.OpenAPI)
	}
}
