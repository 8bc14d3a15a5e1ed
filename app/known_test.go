package app

import "testing"

func TestWhatWasReadBeforeAChangeIsNotKept(t *testing.T) {
	var k known[string]
	_, ok, changes := k.get("house")
	if ok {
		t.Fatal("something is kept from the beginning")
	}
	k.forget("house") // somebody changes it while it is being read
	k.put("house", "old", changes)
	if was, ok, _ := k.get("house"); ok {
		t.Fatalf("%q is kept", was)
	}
	_, _, changes = k.get("house")
	k.put("house", "new", changes)
	if is, ok, _ := k.get("house"); !ok || is != "new" {
		t.Fatalf("%q is kept, %v", is, ok)
	}
	if _, ok, _ := k.get("other"); ok {
		t.Fatal("another workspace has it too")
	}
	k.forget("house")
	if _, ok, _ := k.get("house"); ok {
		t.Fatal("what was forgotten is kept")
	}
}
