package bot

import "maps"

// polish and english are the whole catalogues of what customers may read.
var (
	polish  = merge(repliesPL, agentPL, noticesPL, phrasesPL)
	english = merge(repliesEN, agentEN, noticesEN, phrasesEN)
)

func merge(books ...map[string][]string) map[string][]string {
	out := map[string][]string{}
	for _, b := range books {
		maps.Copy(out, b)
	}
	return out
}

// phrasesPL are the facts in words: what follows "zamówienie", "paczka" and "zwrot pieniędzy".
var phrasesPL = map[string][]string{
	"status.new":       {"jest przyjęte i czeka na płatność"},
	"status.paid":      {"jest opłacone i czeka na spakowanie"},
	"status.packed":    {"jest spakowane i czeka na nadanie"},
	"status.sent":      {"jest wysłane"},
	"status.delivered": {"jest doręczone"},
	"status.cancelled": {"jest anulowane"},
	"status.returned":  {"jest zwrócone"},

	"parcel.created":            {"ma gotową etykietę i czeka na nadanie"},
	"parcel.handed_over":        {"jest już u przewoźnika"},
	"parcel.in_transit":         {"jest w drodze"},
	"parcel.delayed":            {"jest opóźniona – tak podaje przewoźnik"},
	"parcel.out_for_delivery":   {"jest w doręczeniu"},
	"parcel.ready_for_pickup":   {"czeka na odbiór"},
	"parcel.pickup_expiring":    {"czeka na odbiór, a czas na odbiór się kończy"},
	"parcel.failed_attempt":     {"jest po nieudanej próbie doręczenia (awizo)"},
	"parcel.delivered":          {"jest oznaczona jako doręczona"},
	"parcel.returning":          {"ma przekroczony termin odbioru i może wrócić do nadawcy"},
	"parcel.returned":           {"jest z powrotem u nadawcy"},
	"parcel.cancelled":          {"jest anulowana"},
	"parcel.exception_lost":     {"ma u przewoźnika status „zagubiona”"},
	"parcel.exception_damaged":  {"ma u przewoźnika status „uszkodzona”"},
	"parcel.exception_address":  {"nie może zostać doręczona pod podany adres"},
	"parcel.exception_refused":  {"ma status „odmowa przyjęcia”"},
	"parcel.exception_oversize": {"jest zatrzymana z powodu wymiarów"},
	"stuck.sorting":             {"utknęła w sortowni"},

	"refund.pending":        {"jest w toku"},
	"refund.paid":           {"jest zrealizowany"},
	"refund.refused":        {"ma status „odmowa”"},
	"refund.refund_overdue": {"jest po terminie"},
}

// phrasesEN are the same for "order", "the parcel" and "the refund".
var phrasesEN = map[string][]string{
	"status.new":       {"is placed and waits for payment"},
	"status.paid":      {"is paid and waits to be packed"},
	"status.packed":    {"is packed and waits to be sent"},
	"status.sent":      {"has been sent"},
	"status.delivered": {"has been delivered"},
	"status.cancelled": {"is cancelled"},
	"status.returned":  {"has been returned"},

	"parcel.created":            {"has its label and waits to be handed over"},
	"parcel.handed_over":        {"is with the carrier"},
	"parcel.in_transit":         {"is on its way"},
	"parcel.delayed":            {"is delayed, as the carrier reports"},
	"parcel.out_for_delivery":   {"is out for delivery"},
	"parcel.ready_for_pickup":   {"is ready for pick-up"},
	"parcel.pickup_expiring":    {"waits for pick-up, and the time for it is running out"},
	"parcel.failed_attempt":     {"had a failed delivery attempt, and a notice was left"},
	"parcel.delivered":          {"is marked as delivered"},
	"parcel.returning":          {"was not picked up in time and may go back to the sender"},
	"parcel.returned":           {"is back with the sender"},
	"parcel.cancelled":          {"is cancelled"},
	"parcel.exception_lost":     {"has the carrier's status “lost”"},
	"parcel.exception_damaged":  {"has the carrier's status “damaged”"},
	"parcel.exception_address":  {"cannot be delivered to the given address"},
	"parcel.exception_refused":  {"has the status “refused”"},
	"parcel.exception_oversize": {"is held up because of its size"},
	"stuck.sorting":             {"is stuck at the sorting centre"},

	"refund.pending":        {"is under way"},
	"refund.paid":           {"has been paid"},
	"refund.refused":        {"has the status “refused”"},
	"refund.refund_overdue": {"is overdue"},
}
