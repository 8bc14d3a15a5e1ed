// Package bot finds the words: what the bot says to a customer, what it suggests to a person, the
// card a person takes over with, and the few notices that the system itself may send. It composes
// from facts and templates only, so everything it states has a source. It decides nothing, looks
// nothing up, has no clock and keeps nothing: the same arguments give the same text.
package bot

// Version names the words and how they are composed. It grows with every change of what the bot says:
// levels of autonomy that were earned with other words are earned again.
const Version = "bot-1"
