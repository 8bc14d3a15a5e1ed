// Package app is the house: it opens the store, the model, the channels and the lookups, wires the
// rooms together and puts every URL on one page (routes.go). The same App serves tests, the demo
// and production; only what is given to New differs. It holds no rule of its own: who may do what
// is access.Can, who speaks is policy, what is said is bot.
package app
