package turn

import (
	"testing"

	"tandem"
)

// TestSampleOf: a row for each way in which a draft measures the bot or its reviewers.
func TestSampleOf(t *testing.T) {
	firsts := map[tandem.DecisionID]tandem.Draft{"yes": {State: tandem.DraftApproved}, "no": {State: tandem.DraftEdited, Edit: "factual", Reason: "fact"}}
	for _, c := range []struct {
		d      tandem.Draft
		kind   string
		agreed bool
	}{
		{tandem.Draft{Trap: "15 zł", State: tandem.DraftCaught}, SampleTrap, true},
		{tandem.Draft{Trap: "15 zł", State: tandem.DraftMissed}, SampleTrap, false},
		{tandem.Draft{Purpose: tandem.ForSample, State: tandem.DraftApproved}, SampleSent, true},
		{tandem.Draft{Purpose: tandem.ForSample, State: tandem.DraftEdited, Edit: "cosmetic"}, SampleSent, true},
		{tandem.Draft{Purpose: tandem.ForSample, State: tandem.DraftRejected, Reason: "fact"}, SampleSent, false},
		{tandem.Draft{Purpose: tandem.ForSecond, State: tandem.DraftApproved, Decision: "yes"}, SampleSecond, true},
		{tandem.Draft{Purpose: tandem.ForSecond, State: tandem.DraftRejected, Decision: "yes"}, SampleSecond, false},
		{tandem.Draft{Purpose: tandem.ForSecond, State: tandem.DraftApproved, Decision: "no"}, SampleSecond, false},
		{tandem.Draft{Purpose: tandem.ForSecond, State: tandem.DraftEdited, Edit: "tone", Decision: "no"}, SampleSecond, true},
		{tandem.Draft{Purpose: tandem.ForSecond, State: tandem.DraftApproved, Decision: "taken back"}, "", false},
		{tandem.Draft{Purpose: tandem.ForMeasure, State: tandem.DraftWithheld, Edit: "tone"}, SampleWithheld, true},
		{tandem.Draft{Purpose: tandem.ForMeasure, State: tandem.DraftWithheld, Edit: "factual"}, SampleWithheld, false},
		{tandem.Draft{Suggestion: true, State: tandem.DraftUsed}, SampleHelped, true},
		{tandem.Draft{Suggestion: true, State: tandem.DraftUsed, Edit: "tone"}, SampleHelped, false},
	} {
		s, ok := sampleOf(c.d, firsts)
		if s.Kind != c.kind || ok != (c.kind != "") || s.Agreed != c.agreed {
			t.Errorf("%+v is %q, %v", c.d, s.Kind, s.Agreed)
		}
	}
}
