// Package sim is the outside world in memory: Meta's Graph (Instagram, Messenger, Page comments, WhatsApp),
// a shop, a courier, a language model and the people who write to the company.
//
// Everything is a plain http.Handler, as strict as the platforms' documentation, so the same code stands behind a
// story test in a testing/synctest bubble (no socket, virtual time) and behind a real port in the demo.
// It never looks inside the product: it sends webhooks, answers calls and remembers what reached each customer.
//
// Wiring in memory:
//
//	net := sim.NewNet()                             // host name -> handler, no sockets
//	world := sim.ModnaSzafa(time.Now())             // Meta, shop and courier with the demo company's data
//	world.Join(net)                                 // graph.facebook.com, graph.instagram.com, shop, courier ...
//	net.Handle("tandem.test", product)              // the product under test
//	defer world.Close()
//
//	// The product calls out with net.Client() and answers Meta at /hook/meta:
//	err := world.Subscribe(ctx, "http://tandem.test/hook/meta", "http://tandem.test/hook/whatsapp", "verify-me")
//	id := world.Meta.DM(world.Instagram, "marek", "Gdzie jest moja paczka?!", sim.DMOptions{})
//	synctest.Wait()
//	got := world.Meta.Outbox("instagram", "marek")  // exactly what reached the customer
//
// In a bubble, build the world inside it and Close it before the bubble ends. In the demo, [World.Handler] serves the
// same things below path prefixes of one real port and [Control] is mounted at /sim/.
//
// Facts about platforms come from the project's reference text CHANNELS.md of 22 November 2026 and, through it,
// from the platforms' own documents; the comment at each rule names its section there.
package sim
