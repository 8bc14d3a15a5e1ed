// Package ui carries the built front end inside the program: the desk (index.html), the website
// widget (widget.js, frame.html) and the customer's phone of the demo (demo.html, shop.html). It
// holds files only; serving them, with their precompressed .br and .gz neighbours, is the web's task.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Dist is the built front end. Names below assets/ carry a hash of their content and may be cached
// for ever; every other file must be revalidated. A file named x.br or x.gz is x compressed.
var Dist fs.FS = must(fs.Sub(built, "dist"))

func must(f fs.FS, err error) fs.FS {
	if err != nil {
		panic(err) // impossible: the folder is embedded above
	}
	return f
}
