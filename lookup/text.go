package lookup

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tandem"
)

// in picks the words of a language; anything but English is Polish.
func (w Words) in(lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.PL
}

var months = strings.Fields("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia")

// moment writes a point in time for people: "21 listopada, 18:00".
func moment(t time.Time, q tandem.Query) string {
	t = t.In(zone(q))
	if q.Lang == "en" {
		return t.Format("2 January, 15:04")
	}
	return fmt.Sprintf("%d %s, %s", t.Day(), months[t.Month()-1], t.Format("15:04"))
}

// day writes a date for people: "21 listopada".
func day(t time.Time, q tandem.Query) string {
	text, _, _ := strings.Cut(moment(t, q), ",")
	return text
}

func zone(q tandem.Query) *time.Location {
	if q.Zone == nil {
		return time.UTC
	}
	return q.Zone
}

// money is an amount in minor units.
type money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// value is the amount for machines: "24998 PLN".
func (m money) value() string { return strconv.FormatInt(m.Amount, 10) + " " + m.Currency }

// text is the amount for people: "249,98 zł" or "PLN 249.98".
func (m money) text(lang string) string {
	sign, a := "", m.Amount
	if a < 0 {
		sign, a = "-", -a
	}
	whole, part := a/100, fmt.Sprintf("%02d", a%100)
	if lang == "en" {
		return fmt.Sprintf("%s %s%d.%s", m.Currency, sign, whole, part)
	}
	unit := m.Currency
	if unit == "PLN" {
		unit = "zł"
	}
	return fmt.Sprintf("%s%d,%s %s", sign, whole, part, unit)
}
