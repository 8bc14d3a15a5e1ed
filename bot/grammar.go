package bot

import (
	"time"
)

const numberDates = `|(?P<y2>20\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)`

var grammarPL = grammar{
	spelt: []spelt{
		{pattern(`\b(?:dwa|dwoch|dwie)\b`), "2"}, {pattern(`\btrz(?:y|ech)\b`), "3"}, {pattern(`\bczter(?:y|ech)\b`), "4"}, {pattern(`\bpie(?:c|ciu)\b`), "5"},
		{pattern(`\bsied(?:em|miu)\b`), "7"}, {pattern(`\bdziesie(?:c|ciu)\b`), "10"}, {pattern(`\bczterna(?:scie|stu)\b`), "14"},
		{pattern(`\b\d{1,2}\s?-\s?(\d{1,2}\s+(?:dni|godzin|minut|tygodni))`), "$1"}, {pattern(`\bmiedzy\s+\S+\s+a\s+(\d)`), "do $1"}, {pattern(`(\d)-?(?:ta|tej|ej)\b`), "$1"},
	},
	soon:  pattern(`\b(?:zaraz|za chwile|za chwilke|za moment|od razu|natychmiast|lada moment)\b`),
	later: pattern(`\b(?:wkrotce|niebawem|niezwlocznie|jak najszybciej|najszybciej)\b`),
	span:  pattern(`\b(?:za|w ciagu|w przeciagu|w|do)\s+(?:ok\.?\s+|okolo\s+|najblizszych\s+|kolejnych\s+|maksymalnie\s+|max\.?\s+)?(\d{1,3})\s*(minut\w*|min\b|godzin\w*|godz\b|h\b|dni roboczych|dni robocze|dni|dzien|tygodni\w*|tydzien|tyg\b)`),
	units: map[string]string{"min": "minute", "godz": "hour", "h": "hour", "dni": "day", "dzien": "day", "dni rob": "working", "tyg": "week", "tydz": "week"},
	one: map[string]time.Duration{"za godzine": time.Hour, "w ciagu godziny": time.Hour, "za pol godziny": 30 * time.Minute, "w ciagu doby": 24 * time.Hour,
		"za kwadrans": 15 * time.Minute, "za tydzien": 7 * 24 * time.Hour, "w ciagu tygodnia": 7 * 24 * time.Hour},
	days: map[string]int{"dzis": 0, "dzisiaj": 0, "do dzisiaj": 0, "jutro": 1, "jutra": 1, "jutrzejszego": 1, "pojutrze": 2, "pojutrza": 2},
	week: map[string]time.Weekday{"poniedzialek": 1, "poniedzialku": 1, "wtorek": 2, "wtorku": 2, "srode": 3, "srody": 3, "czwartek": 4, "czwartku": 4,
		"piatek": 5, "piatku": 5, "sobote": 6, "soboty": 6, "niedziele": 0, "niedzieli": 0},
	weekRe: pattern(`(?:\b(do|w|we|na|przed|od)\s+)?(?:najblizszy\w*\s+|najblizsza\s+|ten\s+|te\s+|tego\s+)?(przyszl\w+\s+|nastepn\w+\s+)?(?:\S+\s+)??\b(poniedzialek|poniedzialku|wtorek|wtorku|srode|srody|czwartek|czwartku|piatek|piatku|sobote|soboty|niedziele|niedzieli)\b`),
	ends: []ending{
		{"konca przyszlego tygodnia", func(t time.Time) time.Time { return sunday(t).AddDate(0, 0, 7) }},
		{"przyszlym tygodniu", func(t time.Time) time.Time { return sunday(t).AddDate(0, 0, 7) }},
		{"konca tygodnia", sunday}, {"tym tygodniu", sunday}, {"konca tego tygodnia", sunday},
		{"po weekendzie", func(t time.Time) time.Time { return sunday(t).AddDate(0, 0, 1) }},
		{"konca dnia", func(t time.Time) time.Time { return t }},
		{"konca miesiaca", func(t time.Time) time.Time { return time.Date(t.Year(), t.Month()+1, 0, 12, 0, 0, 0, t.Location()) }},
	},
	date: pattern(`\b(?:(?P<d1>\d{1,2})\s+(?P<m1>stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada|grudnia)(?:\s+(?P<y1>20\d\d))?` +
		`|(?P<d3>\d{1,2})\.(?P<m3>0[1-9]|1[0-2])(?:\.(?P<y3>20\d\d))?` + numberDates + `|(?P<m4>zzz)(?P<d4>\d))\b`),
	months: map[string]time.Month{"sty": 1, "lut": 2, "mar": 3, "kwi": 4, "maj": 5, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paz": 10, "lis": 11, "gru": 12},
	clock:  pattern(`\b(?:o|do|przed|godz\.?|godziny|okolo|ok\.?)\s+(?:godz\.?\s+|godziny\s+|godzinie\s+)?(\d{1,2})[:.](\d\d)()(?:\D|$)`),
	bare:   pattern(`\b(?:o|do|przed|okolo)\s+(?:godz\.?\s*|godziny\s+|godzinie\s+)?(\d{1,2})()(?:$|[,;!)]|\.(?:$|\s)|\s+(?:i|a|oraz|juz|dzis|dzisiaj|jutro|w|we|z)\b)`),
	dotted: pattern(`\b(o|godz\.?|godziny|godzinie)\s+(\d{1,2})\.(\d\d)\b`),
	parts:  map[string]int{"z rana": 12, " rano": 12, "przed poludniem": 12, "w poludnie": 12, "do poludnia": 12, "po poludniu": 18, "popoludniu": 18, "wieczorem": 22, "do wieczora": 20},
}

var grammarEN = grammar{
	spelt: []spelt{
		{pattern(`\btwo\b`), "2"}, {pattern(`\bthree\b`), "3"}, {pattern(`\bfour\b`), "4"}, {pattern(`\bfive\b`), "5"}, {pattern(`\bseven\b`), "7"}, {pattern(`\bten\b`), "10"}, {pattern(`\bfourteen\b`), "14"},
		{pattern(`\b\d{1,2}\s?(?:-|to)\s?(\d{1,2}\s+(?:business|working|day|hour|minute|week))`), "$1"},
	},
	soon:  pattern(`\b(?:in a moment|right away|straight away|immediately|in a minute|right now|in a bit)\b`),
	later: pattern(`\b(?:shortly|soon|as soon as possible|asap)\b`),
	span:  pattern(`\b(?:within|in|in the next|over the next|within the next|in about|in up to)\s+(?:about\s+|the next\s+)?(\d{1,3})\s*(minutes?|mins?|hours?|hrs?|h\b|working days?|business days?|days?|weeks?)`),
	units: map[string]string{"min": "minute", "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "working": "working", "business": "working", "week": "week"},
	one: map[string]time.Duration{"in an hour": time.Hour, "within an hour": time.Hour, "within the hour": time.Hour, "in half an hour": 30 * time.Minute,
		"within a day":  24 * time.Hour,
		"within a week": 7 * 24 * time.Hour, "in a week": 7 * 24 * time.Hour, "within a month": 30 * 24 * time.Hour},
	days:   map[string]int{"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2},
	week:   map[string]time.Weekday{"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0},
	weekRe: pattern(`(?:\b(by|on|before|until|this)\s+)?(next\s+)?\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b`),
	ends: []ending{
		{"end of next week", func(t time.Time) time.Time { return sunday(t).AddDate(0, 0, 7) }},
		{"next week", func(t time.Time) time.Time { return sunday(t).AddDate(0, 0, 7) }},
		{"end of the week", sunday}, {"end of this week", sunday}, {"this week", sunday},
		{"end of the day", func(t time.Time) time.Time { return t }}, {"end of day", func(t time.Time) time.Time { return t }},
		{"end of the month", func(t time.Time) time.Time { return time.Date(t.Year(), t.Month()+1, 0, 12, 0, 0, 0, t.Location()) }},
	},
	date: pattern(`\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)(?:\s+(?P<y1>20\d\d))?` +
		`|(?P<m4>jan\w*|feb\w*|march|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?` + numberDates + `|(?P<d3>\d{1,2})/zzz(?P<m3>\d)(?P<y3>\d))\b`),
	months: map[string]time.Month{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
	clock:  pattern(`\b(?:at|by|before|until|around)\s+(\d{1,2})[:.](\d\d)\s*(am|pm|a\.m|p\.m)?(?:\D|$)`),
	bare:   pattern(`\b(?:at|by|before|until|around)\s+(\d{1,2})\s*(am|pm|a\.m|p\.m|o'clock)\b`),
	parts:  map[string]int{"in the morning": 12, "at noon": 12, "by noon": 12, "afternoon": 18, "evening": 22, "tonight": 22},
}
