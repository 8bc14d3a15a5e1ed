package channel

import (
	"maps"

	"tandem"
)

// refusal is what an error of a platform means for us.
type refusal struct {
	kind tandem.Kind
	code string
}

// doubtful marks the errors after which the message may exist all the same.
var doubtful = refusal{tandem.Transient, "doubtful"}

// anySub stands for whatever subcode.
const anySub = -1

// refusals is a platform's table of errors: by code and subcode.
type refusals map[[2]int]refusal

// find looks a pair up, then the subcode in the place of a code, because Meta's pages show some
// numbers in either, then the code alone.
func (t refusals) find(code, sub int) (refusal, bool) {
	for _, key := range [][2]int{{code, sub}, {sub, anySub}, {code, anySub}} {
		if r, ok := t[key]; ok && key[0] != 0 {
			return r, true
		}
	}
	return refusal{}, false
}

// table builds refusals from rows, so that each class is one line as in the reference.
func table(rows ...row) refusals {
	t := refusals{}
	for _, r := range rows {
		for _, key := range r.keys {
			t[key] = r.means
		}
	}
	return t
}

type row struct {
	means refusal
	keys  [][2]int
}

// whole makes keys of codes whose subcode does not matter.
func whole(codes ...int) [][2]int {
	var keys [][2]int
	for _, c := range codes {
		keys = append(keys, [2]int{c, anySub})
	}
	return keys
}

func says(kind tandem.Kind, code string, keys ...[2]int) row { return row{refusal{kind, code}, keys} }

// metaCodes are the errors of Messenger and Instagram (CHANNELS 9.3). Subcodes whose meaning the
// documents dispute are read so that nothing is tried again.
var metaCodes = table(
	says(tandem.Limited, CodeRateLimited, whole(4, 17, 32, 613, 2534040, 2018338, 80006, 80007)...),
	row{doubtful, whole(1, 2)},
	says(tandem.Conflict, CodeAlreadySent, [2]int{1, 1357046}),
	says(tandem.Invalid, CodeWindow, [2]int{10, 2018278}, [2]int{10, 2018065}, [2]int{10, 2534022}),
	says(tandem.Invalid, CodeUnreachable, append(whole(551, 1545041, 9000001), [2]int{200, 1545041},
		[2]int{100, 2018001}, [2]int{100, 2534014}, [2]int{10, 2018108})...),
	says(tandem.Invalid, CodeOwned, append(whole(2018300, 2018321), [2]int{100, 2534037})...),
	says(tandem.Invalid, CodePrivate, append(whole(10903), [2]int{100, 2534025})...),
	says(tandem.Denied, CodeRestricted, append(whole(2022, 368), [2]int{10, 1893063}, [2]int{100, 2534029})...),
	says(tandem.Denied, CodeAuth, whole(190, 102, 10, 200, 230, 3)...),
	says(tandem.Invalid, CodeMedia, [2]int{100, 2018008}, [2]int{100, 2018047}, [2]int{100, 2018109}, [2]int{100, 2018294}),
	says(tandem.Invalid, CodeBadRequest, whole(100, 2635)...),
)

// taggedCodes hold for a send with the tag for people: 10 or 100 then mean that the app is not
// approved for it, which closes the window but breaks no connection (CHANNELS 9.1).
var taggedCodes = metaCodes.but(refusal{tandem.Invalid, CodeWindow}, 10, 100)

// privateCodes hold for a private reply, whose refusal has no certain code beyond 100 (CHANNELS 4.4).
var privateCodes = metaCodes.but(refusal{tandem.Invalid, CodePrivate}, 100)

// but returns a copy in which some codes without a known subcode mean something else.
func (t refusals) but(r refusal, codes ...int) refusals {
	t = maps.Clone(t)
	for _, c := range codes {
		t[[2]int{c, anySub}] = r
	}
	return t
}

// templateCodes hold for a template, whose every refusal of a parameter is one of how it is filled: a link without its
// value is 131008, a component in the wrong place 100.
var templateCodes = whatsappCodes.but(refusal{tandem.Invalid, CodeTemplate}, 100, 131008, 131009)

// whatsappCodes are the errors of the WhatsApp Cloud API, in answers and in statuses alike
// (CHANNELS 9.4). 131053, a file that could not be fetched, is left to people: the text of the
// message may have been taken.
var whatsappCodes = table(
	says(tandem.Limited, CodeRateLimited, whole(4, 80007, 130429, 131056)...),
	row{doubtful, whole(1, 2, 131000, 131016, 131057, 133004)},
	says(tandem.Invalid, CodeMedia, whole(131052, 131053)...),
	says(tandem.Invalid, CodeRestricted, whole(131048, 131064)...),
	says(tandem.Invalid, CodeWindow, whole(131047)...),
	says(tandem.Invalid, CodeUnreachable, whole(131026, 131021, 131030, 131062, 130472, 131049, 130403)...),
	says(tandem.Invalid, CodeNoMarketing, whole(131050)...),
	says(tandem.Invalid, CodeTemplate, whole(132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069)...),
	says(tandem.Invalid, CodeOwned, whole(2494191)...),
	says(tandem.Invalid, CodeBadRequest, whole(100, 131008, 131009, 131051)...),
	says(tandem.Denied, CodeAuth, whole(190, 3, 10, 131005)...),
	says(tandem.Denied, CodeRestricted, whole(368, 131031, 130497, 131042, 131063)...),
	says(tandem.Denied, CodeNotRegistered, whole(131037, 131045, 133010, 133016)...),
)
