package tandem

// Reading is what a message means, with the evidence for it. nlu makes it; nothing else does.
type Reading struct {
	Lang         string     `json:"lang"` // pl, en, another code, or und
	LangSure     bool       `json:"lang_sure"`
	Touchpoint   string     `json:"touchpoint"`
	Confidence   float64    `json:"confidence"` // calibrated probability of Touchpoint
	Alternatives []Guess    `json:"alternatives"`
	Set          []string   `json:"set"`          // conformal set: one acts, two to four ask, none or more give up
	OutOfScope   float64    `json:"out_of_scope"` // probability that it is none of the touchpoints
	Mood         Mood       `json:"mood"`
	Anger        float64    `json:"anger"`      // probability of angry
	Escalation   float64    `json:"escalation"` // s of this message for trigger T3: 0 is nothing
	Hard         bool       `json:"hard"`       // a severity-H or R word in a plain use (T2, T11, T19)
	HardKind     string     `json:"hard_kind"`  // fraud, safety, privacy, legal, distress, repeat, complaint ...
	WantsHuman   bool       `json:"wants_human"`
	HumanScore   float64    `json:"human_score"`
	AsksBot      bool       `json:"asks_bot"` // "czy to bot?"
	Feedback     int        `json:"feedback"` // -1 "nie pomogło", +1 "działa, dziękuję"
	Urgent       bool       `json:"urgent"`
	Entities     []Entity   `json:"entities"`
	Form         string     `json:"form"`   // how the customer addresses us: ty, pan, or empty
	Gender       string     `json:"gender"` // f or m from the customer's own verbs, or empty; for grammar only
	Evidence     []Evidence `json:"evidence"`
	Version      string     `json:"version"` // of the model and lexicon
}

// Guess is a touchpoint with its probability.
type Guess struct {
	Touchpoint string  `json:"touchpoint"`
	Confidence float64 `json:"confidence"`
}

// Entity is a datum found in a text. Start and End are byte offsets into it.
type Entity struct {
	Kind  string `json:"kind"` // order, tracking, phone, email, nip, iban, amount, date, size, name, pesel, card, postcode, surname
	Value string `json:"value"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Evidence is one reason for a reading: a word, a sign, a rule. Start and End are byte offsets into
// the text, both zero where it is not about a place in it.
type Evidence struct {
	Layer  string  `json:"layer"` // model, lexicon, signs, structure
	Code   string  `json:"code"`  // lexicon id, rule id
	Text   string  `json:"text"`  // the words themselves; a customer's words, so never logged
	Weight float64 `json:"weight"`
	Start  int     `json:"start"`
	End    int     `json:"end"`
}
