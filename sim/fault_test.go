package sim

import "testing"

// Faults that only Meta has: people who blocked the company, and a token that ended.
func TestFaultsOfMeta(t *testing.T) {
	play(t, func(s *scene) {
		s.Meta.DM(s.Page, "ola", "x", DMOptions{})
		for mode, want := range map[Mode]string{Unwanted: "551/1545041", TokenExpired: "190/463", OK: ""} {
			if err := s.Meta.Faults("messenger").Set(mode, 0); err != nil {
				t.Fatal(err)
			}
			s.want(s.fb("ola", "y"), want, string(mode))
		}
		if s.SMS.Faults().Set(Unwanted, 0) == nil || s.Meta.Faults("messenger").Set(Garbage, 0) == nil {
			t.Error("a target took a mode that it does not have")
		}
	})
}
