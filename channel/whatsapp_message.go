package channel

import (
	"cmp"

	"tandem"
)

// waMessage is one message of WhatsApp; the key named by its type is set (CHANNELS 6.2).
type waMessage struct {
	ID       id     `json:"id"`
	From     id     `json:"from"` // digits, a user id, or missing
	FromUser id     `json:"from_user_id"`
	To       id     `json:"to"` // of an echo: the customer
	ToUser   id     `json:"to_user_id"`
	Time     stamp  `json:"timestamp"`
	Type     string `json:"type"`
	Group    id     `json:"group_id"` // of a group chat only
	Origin   string `json:"origin"`
	Context  struct {
		ID      id `json:"id"`
		Product struct {
			ID id `json:"product_retailer_id"`
		} `json:"referred_product"`
	} `json:"context"`
	Referral struct {
		URL      string `json:"source_url"`
		Source   id     `json:"source_id"`
		Headline string `json:"headline"`
	} `json:"referral"`

	Text struct {
		Body string `json:"body"`
	} `json:"text"`
	Image    *waMedia `json:"image"`
	Audio    *waMedia `json:"audio"`
	Video    *waMedia `json:"video"`
	Document *waMedia `json:"document"`
	Sticker  *waMedia `json:"sticker"`
	Location struct {
		Lat     float64 `json:"latitude"`
		Lon     float64 `json:"longitude"`
		Name    string  `json:"name"`
		Address string  `json:"address"`
	} `json:"location"`
	Contacts    []waCard      `json:"contacts"`
	Interactive waInteractive `json:"interactive"`
	Button      struct {      // of a template; interactive is of a message that we built
		Payload string `json:"payload"`
		Text    string `json:"text"`
	} `json:"button"`
	Reaction struct { // without an emoji it is taken back
		Target id     `json:"message_id"`
		Emoji  string `json:"emoji"`
	} `json:"reaction"`
	Order struct {
		Text  string `json:"text"`
		Items []struct {
			ID id `json:"product_retailer_id"`
		} `json:"product_items"`
	} `json:"order"`
	System struct {
		Type  string `json:"type"`
		Phone id     `json:"wa_id"`
		User  id     `json:"user_id"`
	} `json:"system"`
	Unsupported struct {
		Type string `json:"type"`
	} `json:"unsupported"`
	Revoke struct {
		Target id `json:"original_message_id"`
	} `json:"revoke"`
	Edit struct {
		Target  id `json:"original_message_id"`
		Message struct {
			Text struct {
				Body string `json:"body"`
			} `json:"text"`
			Image *waMedia `json:"image"`
			Video *waMedia `json:"video"`
		} `json:"message"`
	} `json:"edit"`
}

// waMedia is a file. Its address, where there is one, needs our token; its id lives seven days.
type waMedia struct {
	ID      id     `json:"id"`
	URL     string `json:"url"`
	Caption string `json:"caption"`
	Name    string `json:"filename"`
	Voice   flag   `json:"voice"`
}

// waCard is a contact from an address book.
type waCard struct {
	Name struct {
		Formatted string `json:"formatted_name"`
	} `json:"name"`
	Phones []struct {
		Phone string `json:"phone"`
		ID    id     `json:"wa_id"`
	} `json:"phones"`
}

// waInteractive is the answer to our buttons, our list or our form. The form's JSON is a text and not
// always an object, so it is passed on as it is.
type waInteractive struct {
	Type   string   `json:"type"`
	Button *waReply `json:"button_reply"`
	List   *waReply `json:"list_reply"`
	Form   *struct {
		Name string `json:"name"`
		Body string `json:"body"`
		JSON string `json:"response_json"`
	} `json:"nfm_reply"`
}

// waReply is one chosen line: our id of it and the words that stood there.
type waReply struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// companion is the App of echoes from the WhatsApp Business app on the company's own phone: a
// person wrote them (CHANNELS 6.4).
const companion = "whatsapp_business_app"

// message reads one message, of a customer or, as an echo, of the company.
func (b waBatch) message(p place, raw []byte, echo bool) []tandem.Inbound {
	var m waMessage
	fitted, err := decode(raw, &m)
	if err != nil || m.ID == "" && !fitted {
		return []tandem.Inbound{p.unreadable(raw)}
	}
	if m.ID == "" || m.Group != "" || m.Type == "request_welcome" {
		return nil // groups are no customer service; a first look is no message
	}
	in := tandem.Inbound{Kind: tandem.InMessage, Account: p.account, Key: p.key(string(m.ID)), External: string(m.ID),
		Surface: tandem.Direct, At: p.at(m.Time), Standby: p.standby, ReplyTo: string(m.Context.ID)}
	if echo {
		in.Kind, in.App = tandem.InEcho, companion
		b.who(&in, m.To, m.ToUser)
	} else {
		b.who(&in, m.From, m.FromUser)
	}
	if in.User == "" {
		return []tandem.Inbound{p.unreadable(raw)}
	}
	m.fill(&in)
	return []tandem.Inbound{in}
}

// fill sets what a message says. Withdrawing and editing exist only for numbers that are also on
// the company's phone.
func (m waMessage) fill(in *tandem.Inbound) {
	switch m.Type {
	case "reaction":
		in.Kind, in.Target, in.Text, in.External = tandem.InReaction, string(m.Reaction.Target), m.Reaction.Emoji, ""
	case "revoke":
		in.Kind, in.Target, in.External = tandem.InDeleted, string(m.Revoke.Target), ""
	case "edit":
		e := m.Edit.Message
		in.Kind, in.Target, in.External = tandem.InEdited, string(m.Edit.Target), ""
		in.Text = e.Text.Body
		for _, file := range []*waMedia{e.Image, e.Video} {
			if file != nil {
				in.Text = file.Caption
			}
		}
	case "system":
		m.system(in)
	default:
		m.content(in)
		m.context(in)
	}
}

// system reads that somebody has a new number or a new user id. A changed identity key means
// another phone or another person: nothing is joined, but somebody should know.
func (m waMessage) system(in *tandem.Inbound) {
	in.Kind, in.External = tandem.InIdentity, ""
	in.Alias = append(in.Alias, known(m.System.User, m.System.Phone)...)
	if m.System.Type == "customer_identity_changed" {
		in.Alias, in.Problem = nil, "identity_changed"
	}
}

// content sets text and parts of an ordinary message.
func (m waMessage) content(in *tandem.Inbound) {
	switch m.Type {
	case "text":
		in.Text = m.Text.Body
		if in.Kind == tandem.InMessage && IsDoor(in.Text) {
			in.Kind = tandem.InHuman
		}
	case "image", "audio", "video", "document", "sticker":
		m.file(in)
	case "location":
		l := m.Location
		in.Parts = []tandem.Part{{Type: "location", Name: l.Name, Value: l.Address, Lat: l.Lat, Lon: l.Lon}}
	case "contacts":
		m.cards(in)
	case "interactive":
		m.Interactive.fill(in)
	case "button":
		press(in, waReply{m.Button.Payload, m.Button.Text})
	case "order":
		in.Text = m.Order.Text
		for _, i := range m.Order.Items {
			in.Parts = append(in.Parts, tandem.Part{Type: "product", Value: string(i.ID)})
		}
	default:
		in.Parts = []tandem.Part{{Type: "unsupported", Value: cmp.Or(m.Unsupported.Type, m.Type)}}
	}
}

// file sets a picture, a recording, a film, a document or a sticker. Value is the id by which Fetch
// gets it.
func (m waMessage) file(in *tandem.Inbound) {
	f := map[string]*waMedia{"image": m.Image, "audio": m.Audio, "video": m.Video, "document": m.Document, "sticker": m.Sticker}[m.Type]
	if f == nil {
		in.Parts = []tandem.Part{{Type: "unsupported", Value: m.Type}}
		return
	}
	part := tandem.Part{Type: m.Type, Value: string(f.ID), URL: f.URL, Name: f.Name}
	switch {
	case m.Type == "document":
		part.Type = "file"
	case bool(f.Voice):
		part.Name = "voice"
	}
	in.Text, in.Parts = f.Caption, []tandem.Part{part}
}

// cards sets the contacts that somebody sent. An answer to our request for the number comes from
// WhatsApp itself and is an alias of the sender (CHANNELS 6.5).
func (m waMessage) cards(in *tandem.Inbound) {
	for _, c := range m.Contacts {
		for _, p := range c.Phones {
			in.Parts = append(in.Parts, tandem.Part{Type: "contact", Name: c.Name.Formatted, Value: p.Phone})
			if m.Origin == "contact_request" {
				in.Alias = append(in.Alias, cmp.Or(string(p.ID), numeral(p.Phone))) // a card may have it as people write it
			}
		}
	}
}

// fill sets the answer that somebody pressed or the form they filled in. It can come without any
// content; then they have to be asked to write.
func (i waInteractive) fill(in *tandem.Inbound) {
	switch {
	case i.Button != nil:
		press(in, *i.Button)
	case i.List != nil:
		press(in, *i.List)
	case i.Form != nil:
		in.Text = i.Form.Body
		in.Parts = []tandem.Part{{Type: "form", Name: i.Form.Name, Value: i.Form.JSON}}
	default:
		in.Parts = []tandem.Part{{Type: "unsupported", Value: "interactive"}}
	}
}

// press makes a pressed button a message with the words that stood on it.
func press(in *tandem.Inbound, r waReply) {
	in.Text = r.Title
	in.Parts = []tandem.Part{{Type: "quick_reply", Name: r.Title, Value: r.ID}}
	if in.Kind == tandem.InMessage && (r.ID == PayloadHuman || r.ID == "talk_human") {
		in.Kind = tandem.InHuman
	}
}

// context adds the advertisement or the product that a message came from.
func (m waMessage) context(in *tandem.Inbound) {
	if r := m.Referral; r.Source != "" || r.URL != "" {
		in.Parts = append(in.Parts, tandem.Part{Type: "referral", Name: r.Headline, URL: r.URL, Value: string(r.Source)})
	}
	if p := m.Context.Product.ID; p != "" {
		in.Parts = append(in.Parts, tandem.Part{Type: "product", Value: string(p)})
	}
}
