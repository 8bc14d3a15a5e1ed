package nlu

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dataDir is the folder of public test sets; a test that needs it is skipped where it is missing.
func dataDir(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no ../shared/data beside the module")
	}
	return dir
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// The whole table takes minutes; NLU_BENCH names the rows to run, or "all".
func TestBench(t *testing.T) {
	rows := os.Getenv("NLU_BENCH")
	if rows == "" {
		t.Skip("set NLU_BENCH")
	}
	dir := dataDir(t)
	b := &Bench{Open: func(n string) (io.ReadCloser, error) { return os.Open(filepath.Join(dir, n)) }, CPU: cpuTime, Out: os.Stdout}
	if rows != "all" {
		b.Only = strings.Split(rows, ",")
	}
	if err := b.Run(); err != nil {
		t.Fatal(err)
	}
}
