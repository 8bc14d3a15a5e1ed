//go:build race

package nlu

func init() { raced = true }
