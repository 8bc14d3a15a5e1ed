// Package tandem is the vocabulary: the nouns every room speaks in and the small ports through
// which the outside world comes in. It does no work and knows no room. This page is the whole
// system.
//
// # The shape
//
//	vocabulary  .                                            nouns and ports, no I/O
//	ground      store  live  channel  llm  lookup  nlu  policy  bot  access  web   adapters, pure rooms
//	memory      job  intake  desk                            rooms that write through the store
//	story       turn  upkeep                                 one message's way, the only place where rooms meet; connections kept whole
//	house       app                                          configuration, wiring, every URL on one page
//	front       cmd/tandem  sim  stories                     the program; the world in memory; what must happen
//
// Imports point up this list only, and a room never imports another room. house_test.go holds that.
//
// # The life of one message
//
//	hop 1  a platform calls   channel parses and verifies, intake accepts      one transaction, then 200
//	hop 2  job "turn"         read the Snapshot once, nlu, policy; a hard trigger commits the
//	                          handover at once; else lookup, policy, bot       one transaction
//	hop 3  job "send"         the sender checks the epoch, the channel sends   one transaction before, one after
//
// An agent's reply and an approved draft join at hop 3. Events are published after commit. Where a
// language model is set, a later job lets it word the card for people (bot.Faithful checks every word's
// source); it decides nothing and never speaks to a customer.
//
// # The rule of speech
//
// Owner is one of bot, queue, human, closed. Epoch grows with every change of owner, rev with every
// message and transition. Bot output commits only if the owner is the bot, the epoch is the one it
// saw, no newer customer message exists and what it answers was not changed; the sender checks the
// epoch again in the transaction that marks the row as sending. After a take-over has committed no bot
// row enters sending.
package tandem
