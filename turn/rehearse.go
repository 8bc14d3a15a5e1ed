package turn

import (
	"strconv"

	"tandem"
	"tandem/nlu"
	"tandem/policy"
)

// Rehearse plays a marked dialogue as turns would, without a store and with nothing looked up, and
// returns the place of the customer's turn that is handed over with the rule, -1 where none is. The dialogue's own
// next line stands for what the bot would say; what it has said already is not said again (T6).
func Rehearse(m *nlu.Model, topics map[string]tandem.Touchpoint, d nlu.Dialogue) (int, string) {
	s := tandem.Snapshot{Workspace: tandem.Workspace{Lang: d.Lang}, Touchpoints: topics, Staffed: true,
		Conversation: tandem.Conversation{Owner: tandem.Bot, Lang: d.Lang}}
	for i, t := range d.Turns {
		msg := tandem.Message{ID: tandem.MessageID(strconv.Itoa(i)), Seq: int64(i + 1), Text: t.Text, Origin: tandem.FromBot}
		if t.From != "customer" {
			if t.From == "human" {
				msg.Origin = tandem.FromHuman
			}
			s.Messages = append(s.Messages, msg)
			s.Conversation.Answered = msg.Seq
			continue
		}
		msg.Origin, msg.Disposition = tandem.FromCustomer, tandem.Pending
		s.Messages = append(s.Messages, msg)
		in := policy.Input{Snapshot: s, Reading: understand(m, s)}
		if i+1 < len(d.Turns) && d.Turns[i+1].From == "bot" {
			r := tandem.Reply{Text: d.Turns[i+1].Text, OK: true}
			in.Reply, in.Again = &r, said(s, r)
		}
		s.Messages[i].Reading = &in.Reading
		made := policy.Decide(in)
		if made.Act == tandem.HandOver {
			return i, made.Rule + " " + made.Triggers[0].Kind
		}
		carry(&s.Conversation, made)
		count(&s.Conversation, made)
	}
	return -1, ""
}
