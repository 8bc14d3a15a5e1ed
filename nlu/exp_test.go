package nlu

import (
	"os"
	"strings"
)

func loadTSV(f string) (texts, labels []string) {
	b, err := os.ReadFile("/work/shared/data/" + f)
	if err != nil {
		panic(err)
	}
	for _, l := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		p := strings.Split(l, "\t")
		texts = append(texts, p[0])
		labels = append(labels, p[1])
	}
	return
}
