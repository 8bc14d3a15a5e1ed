package intake_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"tandem"
)

// kinds reads the kinds of inbound events from the vocabulary's source.
func kinds(t *testing.T) (out []tandem.InboundKind) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../channel.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := v.Type.(*ast.Ident); ok && id.Name == "InboundKind" {
			s, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, tandem.InboundKind(s))
		}
		return true
	})
	if len(out) < 16 {
		t.Fatalf("only %d kinds were found", len(out))
	}
	return out
}
