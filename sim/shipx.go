package sim

import (
	"slices"
	"time"
)

// shipx are ShipX's statuses with their Polish titles (names: HITL.md 4.3).
var shipx = map[string]string{
	"created": "Przesyłka utworzona", "offers_prepared": "Przygotowano oferty", "offer_selected": "Oferta wybrana",
	"confirmed": "Przygotowana przez nadawcę", "dispatched_by_sender": "Nadana w automacie Paczkomat",
	"dispatched_by_sender_to_pok": "Nadana w PaczkoPunkcie", "collected_from_sender": "Odebrana od nadawcy",
	"taken_by_courier": "Odebrana przez kuriera", "taken_by_courier_from_pok": "Odebrana z PaczkoPunktu",
	"adopted_at_source_branch": "Przyjęta w oddziale", "sent_from_source_branch": "W trasie",
	"adopted_at_sorting_center": "Przyjęta w sortowni", "sent_from_sorting_center": "Wysłana z sortowni",
	"adopted_at_target_branch": "Przyjęta w oddziale docelowym", "delay_in_delivery": "Opóźnienie w sortowni",
	"out_for_delivery":             "Przekazana do doręczenia",
	"out_for_delivery_to_address":  "Przekazana do doręczenia pod adres",
	"pickup_reminder_sent_address": "Ponowna próba doręczenia",
	"ready_to_pickup":              "Gotowa do odbioru", "ready_to_pickup_from_pok": "Czeka w PaczkoPunkcie",
	"ready_to_pickup_from_pok_registered":     "Czeka w PaczkoPunkcie",
	"courier_avizo_in_customer_service_point": "Awizo w punkcie obsługi",
	"stack_in_box_machine":                    "Czeka w tymczasowym automacie", "stack_in_customer_service_point": "Czeka w punkcie obsługi",
	"pickup_reminder_sent": "Przypomnienie o odbiorze", "pickup_time_expired": "Upłynął termin odbioru",
	"ready_to_pickup_from_branch": "Czeka w oddziale", "stack_parcel_pickup_time_expired": "Upłynął termin odbioru",
	"stack_parcel_in_box_machine_pickup_time_expired": "Upłynął termin odbioru",
	"unstack_from_box_machine":                        "W drodze do automatu docelowego",
	"unstack_from_customer_service_point":             "W drodze do automatu docelowego",
	"redirect_to_box":                                 "Przekierowana do automatu", "canceled_redirect_to_box": "Anulowano przekierowanie",
	"readdressed": "Zmieniono adres", "permanently_redirected_to_box_machine": "Przekierowana do automatu",
	"permanently_redirected_to_customer_service_point": "Przekierowana do punktu obsługi",
	"avizo":                                "Nieudana próba doręczenia",
	"undelivered_wrong_address":            "Niedoręczona: błędny adres",
	"undelivered_incomplete_address":       "Niedoręczona: niepełny adres",
	"undelivered_unknown_receiver":         "Niedoręczona: odbiorca nieznany",
	"undelivered_no_mailbox":               "Niedoręczona: brak skrzynki",
	"undelivered_not_live_address":         "Niedoręczona: odbiorca nie mieszka pod adresem",
	"undelivered_lack_of_access_letterbox": "Niedoręczona: brak dostępu do skrzynki",
	"undelivered_cod_cash_receiver":        "Niedoręczona: brak gotówki", "undelivered": "Niedoręczona",
	"rejected_by_receiver": "Odmowa przyjęcia", "oversized": "Przekroczone wymiary", "missing": "Zagubiona",
	"claimed": "Przyjęto reklamację", "delivered": "Doręczona", "returned_to_sender": "Zwrócona do nadawcy",
	"return_pickup_confirmation_to_sender":         "Nadawca odebrał zwrot",
	"taken_by_courier_from_customer_service_point": "Odebrana przez kuriera z punktu",
	"canceled": "Anulowana", "other": "Inny status",
}

// statusOrder lists the statuses by name, for a stable dictionary.
var statusOrder = func() []string {
	names := make([]string, 0, len(shipx))
	for name := range shipx {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}()

// ShipXStatuses lists every status name the courier may answer, sorted.
func ShipXStatuses() []string { return slices.Clone(statusOrder) }

// road is the ordinary way of a parcel before its last scan, with the hours between.
var road = []struct {
	status string
	hours  int
}{
	{"confirmed", 0}, {"collected_from_sender", 6}, {"adopted_at_source_branch", 3}, {"sent_from_source_branch", 5},
	{"adopted_at_sorting_center", 6}, {"sent_from_sorting_center", 5}, {"adopted_at_target_branch", 6}, {"out_for_delivery", 3},
}

// travelled gives a likely history that ends in status at the moment at.
func travelled(status string, at time.Time) []Scan {
	upTo := len(road)
	for i, s := range road {
		if s.status == status {
			upTo = i
		}
	}
	switch status {
	case "delay_in_delivery":
		upTo = 5
	case "avizo", "delivered", "ready_to_pickup", "missing":
	case "created":
		upTo = 0
	}
	events := []Scan{{status, at}}
	when := at
	for i := upTo - 1; i >= 0; i-- {
		gap := 5
		if i+1 < len(road) {
			gap = road[i+1].hours
		}
		when = when.Add(-time.Duration(gap) * time.Hour)
		events = append(events, Scan{road[i].status, when})
	}
	slices.Reverse(events)
	return events
}
