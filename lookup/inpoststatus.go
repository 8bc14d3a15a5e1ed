package lookup

// state is what a status of a courier means for us.
type state struct {
	value string // normalised: HITL.md 4.3
	alone bool   // the bot may answer on it alone; otherwise it is a bad fact, and feeling makes it a person's
	note  string
	words Words
}

var notes = map[string]Words{
	"temporary_place": {"Miejsce tymczasowe", "A temporary place"},
	"redirected":      {"Przekierowana", "Redirected"},
}

// shipx is the table of ShipX statuses of HITL.md 4.3 (names from public integrations, 2026-11; the
// meaning is ours). The Polish words are the carrier's titles.
var shipx = map[string]state{
	"created":         {"created", true, "", Words{"Przesyłka utworzona, czeka na nadanie", "Label created, waits to be handed over"}},
	"offers_prepared": {"created", true, "", Words{"Przesyłka przygotowywana", "Shipment being prepared"}},
	"offer_selected":  {"created", true, "", Words{"Przesyłka przygotowywana", "Shipment being prepared"}},
	"confirmed":       {"created", true, "", Words{"Przygotowana przez nadawcę, czeka na nadanie", "Prepared by the sender, waits to be handed over"}},

	"dispatched_by_sender":        {"handed_over", true, "", Words{"Nadana w automacie", "Posted at a locker"}},
	"dispatched_by_sender_to_pok": {"handed_over", true, "", Words{"Nadana w punkcie", "Posted at a parcel point"}},
	"collected_from_sender":       {"handed_over", true, "", Words{"Odebrana od nadawcy", "Collected from the sender"}},
	"taken_by_courier":            {"handed_over", true, "", Words{"Odebrana przez kuriera", "Taken by the courier"}},
	"taken_by_courier_from_pok":   {"handed_over", true, "", Words{"Odebrana przez kuriera z punktu", "Taken by the courier from the point"}},

	"adopted_at_source_branch":     {"in_transit", true, "", Words{"Przyjęta w oddziale nadawczym", "Arrived at the source branch"}},
	"sent_from_source_branch":      {"in_transit", true, "", Words{"W trasie z oddziału nadawczego", "Left the source branch"}},
	"adopted_at_sorting_center":    {"in_transit", true, "", Words{"Przyjęta w sortowni", "Arrived at the sorting centre"}},
	"sent_from_sorting_center":     {"in_transit", true, "", Words{"Wysłana z sortowni", "Left the sorting centre"}},
	"adopted_at_target_branch":     {"in_transit", true, "", Words{"Przyjęta w oddziale docelowym", "Arrived at the target branch"}},
	"delay_in_delivery":            {"delayed", false, "", Words{"Opóźnienie w sortowni", "Delayed at the sorting centre"}},
	"out_for_delivery":             {"out_for_delivery", true, "", Words{"Przekazana do doręczenia", "Out for delivery"}},
	"out_for_delivery_to_address":  {"out_for_delivery", true, "", Words{"Przekazana do doręczenia pod adres", "Out for delivery to the address"}},
	"pickup_reminder_sent_address": {"out_for_delivery", true, "", Words{"Ponowna próba doręczenia", "Another delivery attempt"}},

	"ready_to_pickup":                         {"ready_for_pickup", true, "", Words{"Paczka gotowa do odbioru", "Parcel ready for pick-up"}},
	"ready_to_pickup_from_pok":                {"ready_for_pickup", true, "", Words{"Czeka w punkcie odbioru", "Waits at the parcel point"}},
	"ready_to_pickup_from_pok_registered":     {"ready_for_pickup", true, "", Words{"Czeka w punkcie odbioru", "Waits at the parcel point"}},
	"courier_avizo_in_customer_service_point": {"ready_for_pickup", true, "", Words{"Awizo w punkcie obsługi", "Waits at a service point after a delivery notice"}},
	"stack_in_box_machine":                    {"ready_for_pickup", true, "temporary_place", Words{"Czeka w tymczasowym automacie", "Waits in a temporary locker"}},
	"stack_in_customer_service_point":         {"ready_for_pickup", true, "temporary_place", Words{"Czeka w tymczasowym punkcie obsługi", "Waits at a temporary service point"}},
	"pickup_reminder_sent":                    {"pickup_expiring", true, "", Words{"Czas na odbiór się kończy", "The time for pick-up is running out"}},

	"pickup_time_expired":                             {"returning", false, "", Words{"Upłynął termin odbioru", "The time for pick-up is over"}},
	"ready_to_pickup_from_branch":                     {"returning", false, "", Words{"Upłynął termin odbioru, czeka w oddziale", "The time for pick-up is over, waits at the branch"}},
	"stack_parcel_pickup_time_expired":                {"returning", false, "temporary_place", Words{"Upłynął termin odbioru", "The time for pick-up is over"}},
	"stack_parcel_in_box_machine_pickup_time_expired": {"returning", false, "temporary_place", Words{"Upłynął termin odbioru", "The time for pick-up is over"}},

	"unstack_from_box_machine":                         {"in_transit", true, "redirected", Words{"W drodze do automatu docelowego", "On the way to the target locker"}},
	"unstack_from_customer_service_point":              {"in_transit", true, "redirected", Words{"W drodze do miejsca docelowego", "On the way to the target point"}},
	"redirect_to_box":                                  {"in_transit", true, "redirected", Words{"Przekierowana do automatu", "Redirected to a locker"}},
	"canceled_redirect_to_box":                         {"in_transit", true, "redirected", Words{"Anulowano przekierowanie do automatu", "Redirection to a locker called off"}},
	"readdressed":                                      {"in_transit", true, "redirected", Words{"Zmieniono adres doręczenia", "Delivery address changed"}},
	"permanently_redirected_to_box_machine":            {"in_transit", true, "redirected", Words{"Przekierowana do innego automatu", "Redirected to another locker"}},
	"permanently_redirected_to_customer_service_point": {"in_transit", true, "redirected", Words{"Przekierowana do punktu obsługi", "Redirected to a service point"}},

	"avizo":                                {"failed_attempt", true, "", Words{"Nieudana próba doręczenia, awizo", "Failed delivery attempt, notice left"}},
	"undelivered":                          {"exception_address", false, "", Words{"Paczka niedoręczona", "Parcel not delivered"}},
	"undelivered_wrong_address":            {"exception_address", false, "", Words{"Niedoręczona: błędny adres", "Not delivered: wrong address"}},
	"undelivered_incomplete_address":       {"exception_address", false, "", Words{"Niedoręczona: niepełny adres", "Not delivered: incomplete address"}},
	"undelivered_unknown_receiver":         {"exception_address", false, "", Words{"Niedoręczona: odbiorca nieznany", "Not delivered: unknown receiver"}},
	"undelivered_no_mailbox":               {"exception_address", false, "", Words{"Niedoręczona: brak skrzynki", "Not delivered: no letterbox"}},
	"undelivered_not_live_address":         {"exception_address", false, "", Words{"Niedoręczona: odbiorca nie mieszka pod adresem", "Not delivered: receiver does not live there"}},
	"undelivered_lack_of_access_letterbox": {"exception_address", false, "", Words{"Niedoręczona: brak dostępu do skrzynki", "Not delivered: no access to the letterbox"}},
	"undelivered_cod_cash_receiver":        {"exception_address", false, "", Words{"Niedoręczona: brak gotówki przy pobraniu", "Not delivered: no cash for cash on delivery"}},
	"rejected_by_receiver":                 {"exception_refused", false, "", Words{"Odmowa przyjęcia", "Refused by the receiver"}},
	"oversized":                            {"exception_oversize", false, "", Words{"Przekroczone wymiary", "Too large"}},
	"missing":                              {"exception_lost", false, "", Words{"Paczka zagubiona", "Parcel lost"}},
	"claimed":                              {"exception_damaged", false, "", Words{"Uszkodzona, reklamacja u przewoźnika", "Damaged, claim with the carrier"}},

	"delivered":                                    {"delivered", true, "", Words{"Paczka doręczona", "Parcel delivered"}},
	"returned_to_sender":                           {"returned", true, "", Words{"Paczka zwrócona do nadawcy", "Parcel returned to the sender"}},
	"return_pickup_confirmation_to_sender":         {"returned", true, "", Words{"Zwrot odebrany przez nadawcę", "Return collected by the sender"}},
	"taken_by_courier_from_customer_service_point": {"returned", true, "", Words{"Zwrot odebrany z punktu przez kuriera", "Return taken from the point by the courier"}},
	"canceled":                                     {"cancelled", true, "", Words{"Przesyłka anulowana", "Shipment cancelled"}},
	"other":                                        {"unknown", false, "", Words{"Inny status przewoźnika", "Another carrier status"}},
}
