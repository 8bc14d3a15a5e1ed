package nlu

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func expExamples(t *testing.T, globs ...string) []Example {
	var out []Example
	for _, g := range globs {
		fs, _ := filepath.Glob(g)
		for _, f := range fs {
			b, _ := os.ReadFile(f)
			lang := "pl"
			if strings.Contains(f, "/en/") {
				lang = "en"
			}
			ex, err := ReadExamples(bytes.NewReader(b), lang)
			if err != nil {
				fmt.Println(f, err)
				continue
			}
			out = append(out, ex...)
		}
	}
	return out
}

func TestExpTrain(t *testing.T) {
	if os.Getenv("TRAIN") == "" {
		t.Skip()
	}
	ex := expExamples(t, "examples/*/*.tsv", "anchors/*/*.tsv")
	t0 := time.Now()
	m, r := Train(ex, Options{})
	fmt.Printf("train %.1fs\n", time.Since(t0).Seconds())
	fmt.Println(m)
	fmt.Printf("top1 %.3f top3 %.3f f1 %.3f ece %.3f cov %.3f size %.2f single %.2f ok %.3f limit %.3f sharp %.2f\n", r.Topic.Top1, r.Topic.Top3, r.Topic.MacroF1, r.Topic.ECE, r.Topic.Coverage, r.Topic.SetSize, r.Topic.Single, r.Topic.SingleOK, m.tuning.Limit, m.joint.heads[0].sharp)
	fmt.Printf("mood %.3f ece %.3f angry r %.3f fa %.3f human r %.3f fa %.3f other r %.3f fa %.3f angryAt %.2f humanAt %.2f\n", r.Mood.Top1, r.Mood.ECE, r.Angry.Recall(), r.Angry.Alarms(), r.Human.Recall(), r.Human.Alarms(), r.Other.Recall(), r.Other.Alarms(), m.tuning.AngryAt, m.tuning.HumanAt)
	var b bytes.Buffer
	m.Write(&b)
	t0 = time.Now()
	_, err := Load(bytes.NewReader(b.Bytes()))
	fmt.Println("bytes", b.Len(), "load", time.Since(t0), err)
	os.WriteFile("model.bin", b.Bytes(), 0o644)
}

func BenchmarkTrain(b *testing.B) {
	ex := expExamples(nil, "examples/*/*.tsv", "anchors/*/*.tsv")
	t0 := cpuTime()
	Train(ex, Options{})
	fmt.Printf("cpu %.1f\n", (cpuTime() - t0).Seconds())
}
