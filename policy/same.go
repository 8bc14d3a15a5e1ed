package policy

import (
	"slices"

	"tandem"
)

// renamed are reasons that had another name when older decisions were stored: the rule found the same
// then. Until 22 November 2026 one angry message by itself was T3.
var renamed = map[string]string{"T22 anger": "T3 tension", "T22": "T3"}

// Same tells whether a decision that is made again from what was stored with it is the one that was
// made then (I19).
func Same(was, is tandem.Decision) bool {
	return is.Act == was.Act && is.Touchpoint == was.Touchpoint && is.Level == was.Level && is.Priority == was.Priority && named(was.Rule, is.Rule) &&
		slices.EqualFunc(was.Triggers, is.Triggers, func(a, b tandem.Trigger) bool { return named(a.Code+" "+a.Kind, b.Code+" "+b.Kind) })
}

// named tells whether two names mean the same, one of them perhaps an older one.
func named(was, is string) bool { return was == is || renamed[is] == was }
