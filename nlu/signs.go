package nlu

import (
	"strings"

	"tandem"
)

// pictures are what emoji add to the escalation score (HITL.md 8.2).
var pictures = map[string]float64{"😡": 1.2, "🤬": 1.5, "💩": 1.2, "👎": 1, "😠": 1, "👿": 1, "😤": 0.7, "🙄": 0.7, "😒": 0.7,
	"🤦": 0.6, "🙃": 0.5, "😭": 0.3, "😞": 0.3, "😢": 0.3, "😔": 0.3, "🙏": 0.1, "🤡": 1, "🖕": 1.5, "😑": 0.5, "😩": 0.4}

// friendly emoji and signs soften.
var friendly = set("😊 🙂 😍 🥰 ❤ 💕 👍 😁 😀 😃 😄 🤗 💖 😘 🌸 🎉 🙌 😉 💚 💛 ✨")

var gentle = []string{";)", ":)", ":-)", ":d", ";-)", "xd", "^^", ":*", "<3"}

// signs finds what marks, capitals, emoji and irony say; trouble tells that something is wrong by
// other evidence, without which praise is praise.
func signs(s *scanned, trouble bool) []tandem.Evidence {
	var out []tandem.Evidence
	add := func(code string, w float64, start, end int) {
		out = append(out, tandem.Evidence{Layer: "signs", Code: code, Text: s.text[start:end], Weight: w, Start: start, End: end})
	}
	shouted, lettered, firstCap, lastCap, drawn := 0, 0, -1, 0, 0
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case emoji:
			if w, ok := pictures[t.raw]; ok && drawn < 3 {
				drawn++
				add("emoji", w, t.start, t.end)
			} else if friendly[t.raw] && drawn < 3 {
				drawn++
				add("friendly", -0.3, t.start, t.end)
			} else if trouble && (t.raw == "😂" || t.raw == "🤣") && drawn < 3 {
				drawn++
				add("mockery", 0.6, t.start, t.end)
			}
		case mark:
			if code, w := marks(t.raw); w > 0 {
				add(code, w, t.start, t.end)
			}
		case word:
			if len(t.fold) < 2 {
				continue
			}
			lettered++
			if t.caps && len(t.fold) >= 3 {
				if shouted++; firstCap < 0 {
					firstCap = t.start
				}
				lastCap = t.end
			}
		}
	}
	if shouted >= 2 && shouted*10 >= lettered*3 || shouted >= 4 {
		w := 0.6
		if shouted*10 >= lettered*8 {
			w = 1
		}
		add("capitals", w, firstCap, lastCap)
	}
	if trouble {
		if i := praiseAt(s); i >= 0 {
			add("irony", 1, s.at(i).start, s.at(i).end)
		}
	}
	return append(out, smiles(s)...)
}

// marks tells what a run of punctuation adds.
func marks(m string) (string, float64) {
	bang, ask := strings.Count(m, "!"), strings.Count(m, "?")
	switch {
	case bang > 0 && ask > 0:
		return "marks", min(0.4+0.2*float64(bang+ask), 1)
	case bang >= 2:
		return "marks", min(0.2*float64(bang), 0.8)
	case ask >= 2:
		return "marks", min(0.2*float64(ask), 0.8)
	case strings.Count(m, ".") >= 3:
		return "dots", 0.2
	}
	return "", 0
}

// smiles finds the gentle signs made of marks; they soften once.
func smiles(s *scanned) []tandem.Evidence {
	l := strings.ToLower(s.text)
	if len(l) != len(s.text) {
		return nil // lowering moved the places; such letters are rare
	}
	for _, g := range gentle {
		if i := strings.Index(l, g); i >= 0 && (g != "xd" || alone(l, i, 2)) {
			return []tandem.Evidence{{Layer: "signs", Code: "friendly", Text: s.text[i : i+len(g)], Weight: -0.3,
				Start: i, End: i + len(g)}}
		}
	}
	return nil
}

// alone tells whether the n bytes at i stand by themselves.
func alone(s string, i, n int) bool {
	return (i == 0 || !letter(rune(s[i-1])) && s[i-1] < 0x80) && (i+n == len(s) || !letter(rune(s[i+n])) && s[i+n] < 0x80)
}
