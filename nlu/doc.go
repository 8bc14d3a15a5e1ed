// Package nlu understands one message, or one turn of a conversation, in Polish and English: its
// topic, its mood, whether somebody wants a person, and the data in it. It is pure: it has no clock,
// opens no file and calls nothing; what it needs is embedded or handed in. It reads; it never decides
// what happens next and never writes a word to a customer.
//
// The way of a text: scan (fold.go, token.go) makes words with their places; features.go turns them
// into numbers, table.go keeps those of a training; linear.go holds the trained weights, svm.go learns
// them; lexicon.go, signs.go and structure.go find evidence without training; talk.go weighs a topic
// against what the talk is about; read.go weighs it all into one tandem.Reading.
package nlu
