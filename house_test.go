package tandem_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The rules of the house. A rule that is not checked here is a wish.
const (
	maxFile   = 400 // lines
	maxFunc   = 60  // lines
	maxMethod = 5   // in an interface
)

// floors lists the packages from the ground up; a package imports only packages of floors below its
// own. Rooms and adapters share a floor, so none imports another.
var floors = [][]string{
	{"."},
	{"store", "live", "channel", "llm", "lookup", "nlu", "policy", "bot", "access", "web", "ui", "sim"},
	{"job", "intake", "desk"},
	{"turn", "upkeep"},
	{"app"},
	{"demo"},
	{"stories/world", "cmd/tandem"},
	{"stories"},
}

var (
	pure  = []string{".", "policy", "nlu", "bot"} // no clock, no I/O
	doors = []string{"channel", "llm", "lookup"}  // may register themselves
	// wishes of a pure room that it may not have
	dirty = []string{"os", "net", "net/http", "database/sql", "os/exec"}
)

type file struct {
	path, pkg string
	fset      *token.FileSet
	ast       *ast.File
}

// sources parses every Go file of ours that is not a test.
func sources(t *testing.T) (out []file) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		out = append(out, file{path, filepath.ToSlash(filepath.Dir(path)), fset, f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFloors(t *testing.T) {
	floor := map[string]int{}
	for i, f := range floors {
		for _, p := range f {
			floor[p] = i
		}
	}
	for _, f := range sources(t) {
		mine, known := floor[f.pkg]
		if !known {
			t.Errorf("%s: the package is not on the plan (floors in house_test.go)", f.path)
			continue
		}
		for _, imp := range f.ast.Imports {
			p := strings.Trim(imp.Path.Value, `"`)
			in, ours := strings.CutPrefix(p, "tandem")
			if ours {
				in = strings.TrimPrefix(in, "/")
				if in == "" {
					in = "."
				}
				if theirs, on := floor[in]; on && theirs >= mine {
					t.Errorf("%s imports %s, which is not below it", f.path, p)
				}
			}
			if slices.Contains(pure, f.pkg) && slices.Contains(dirty, p) && !(f.pkg == "." && p == "net/http") {
				t.Errorf("%s: a pure room does no I/O, it imports %s", f.path, p)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	for _, f := range sources(t) {
		line := func(p token.Pos) int { return f.fset.Position(p).Line }
		if n := line(f.ast.FileEnd); n > maxFile {
			t.Errorf("%s has %d lines, at most %d", f.path, n, maxFile)
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if l := line(n.End()) - line(n.Pos()) + 1; l > maxFunc {
					t.Errorf("%s: %s has %d lines, at most %d", f.path, n.Name, l, maxFunc)
				}
			case *ast.TypeSpec:
				if i, ok := n.Type.(*ast.InterfaceType); ok && i.Methods.NumFields() > maxMethod {
					t.Errorf("%s: interface %s has %d methods, at most %d", f.path, n.Name, i.Methods.NumFields(), maxMethod)
				}
			}
			return true
		})
	}
}

func TestDocs(t *testing.T) {
	docs := map[string]bool{}
	for _, f := range sources(t) {
		docs[f.pkg] = docs[f.pkg] || f.ast.Doc != nil
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", f.path, d.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if ts, ok := s.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil && ts.Comment == nil {
						t.Errorf("%s: type %s has no comment", f.path, ts.Name)
					}
					if vs, ok := s.(*ast.ValueSpec); ok && vs.Names[0].IsExported() && d.Doc == nil && vs.Doc == nil && vs.Comment == nil {
						t.Errorf("%s: %s has no comment", f.path, vs.Names[0])
					}
				}
			}
		}
	}
	for pkg, ok := range docs {
		if !ok {
			t.Errorf("%s has no package comment", pkg)
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	r := d.Recv.List[0].Type
	if s, ok := r.(*ast.StarExpr); ok {
		r = s.X
	}
	id, ok := r.(*ast.Ident)
	return ok && id.IsExported()
}

func TestClockAndInit(t *testing.T) {
	for _, f := range sources(t) {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv == nil && n.Name.Name == "init" && !slices.Contains(doors, f.pkg) {
					t.Errorf("%s: init outside an adapter", f.path)
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && n.Sel.Name == "Now" && slices.Contains(pure, f.pkg) {
					t.Errorf("%s: a pure room has no clock; take the moment as an argument", f.path)
				}
			}
			return true
		})
	}
}

// The first-party front end keeps the same bound on the length of a file.
func TestFrontEndSizes(t *testing.T) {
	for _, ext := range []string{"*.ts", "*.svelte", "*.css", "*.mjs"} {
		for _, dir := range []string{"ui/desk", "ui/widget", "ui/demo", "ui/test", "ui/scripts"} {
			filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return nil
				}
				if ok, _ := filepath.Match(ext, d.Name()); !ok || strings.Contains(d.Name(), ".gen.") {
					return nil
				}
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if n := strings.Count(string(b), "\n"); n > maxFile {
					t.Errorf("%s has %d lines, at most %d", path, n, maxFile)
				}
				return nil
			})
		}
	}
}

// Migrations are numbered without a gap or a repeat: two branches that each bring the next one meet here.
func TestMigrationsAreInOrder(t *testing.T) {
	names, err := filepath.Glob("store/migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal("no migrations", err)
	}
	for i, name := range names {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(filepath.Base(name), want) {
			t.Errorf("%s: the next number is %s", name, want)
		}
	}
}

// Stories are called by their numbers in docs and scripts.
func TestStoriesHaveNumbersOfTheirOwn(t *testing.T) {
	names, err := filepath.Glob("stories/testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no stories", err)
	}
	seen := map[string]string{}
	for _, n := range names {
		number, _, _ := strings.Cut(filepath.Base(n), "-")
		if other, taken := seen[number]; taken {
			t.Errorf("%s and %s have the same number", other, n)
		}
		seen[number] = n
	}
}
