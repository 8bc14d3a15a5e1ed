package sim

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
)

// Person is somebody with accounts on the platforms, known to the simulator by a short name such as "marek".
type Person struct {
	Name     string // the key
	First    string // as shown in profiles
	Last     string
	Username string // on Instagram and WhatsApp; without @
	Phone    string // WhatsApp number, digits with country code; given by Meta when empty
	// Blocked: messages to the person are refused with 551 (131026 on WhatsApp).
	Blocked bool
	// Unreachable: WhatsApp accepts a message and fails it later with 131026.
	Unreachable bool
	bsuid       string
	ids         map[string]string // asset id -> scoped id
}

// SetPerson gives a person a full name and other facts; Name is the key, empty fields keep what was known.
func (m *Meta) SetPerson(p Person) {
	m.mu.Lock()
	defer m.mu.Unlock()
	q := m.person(p.Name)
	for _, f := range []struct {
		to   *string
		from string
	}{{&q.First, p.First}, {&q.Last, p.Last}, {&q.Username, p.Username}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	q.Blocked, q.Unreachable = p.Blocked, p.Unreachable
	if p.Phone != "" {
		m.movePhone(q, p.Phone)
	}
}

// resemble gives a person a customer's name and, where it has one, phone number.
func (m *Meta) resemble(user string, c Customer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.person(user)
	p.First, p.Last = c.FirstName, c.LastName
	if len(c.Phone) > 1 {
		m.movePhone(p, c.Phone[1:])
	}
}

// movePhone changes a person's phone number and the WhatsApp chats named by it.
func (m *Meta) movePhone(p *Person, phone string) {
	if owner := m.byID[phone]; owner == p || owner != nil && owner.Name != phone {
		return // the number is somebody's already: two people of one customer, say
	}
	delete(m.byID, p.Phone)
	m.byID[phone] = p
	for _, a := range m.assets {
		if t := a.threads[p.Phone]; a.Kind == WhatsApp && t != nil {
			delete(a.threads, p.Phone)
			t.id = phone
			a.threads[phone] = t
		}
	}
	p.Phone = phone
}

// UserID is how an account's webhooks name a person: IGSID, PSID (the same for comments and Messenger) or wa_id.
// It is the same on every call and after a restart.
func (m *Meta) UserID(a *Asset, user string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.scoped(a, m.person(user))
}

// BSUID is a person's business-scoped WhatsApp user id (CHANNELS 6.7).
func (m *Meta) BSUID(user string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.person(user).bsuid
}

// person finds by name or by any platform id, and makes a new one otherwise.
func (m *Meta) person(name string) *Person {
	if p := m.lookup(name); p != nil {
		return p
	}
	key := strings.TrimPrefix(strings.TrimSpace(name), "+")
	p := &Person{Name: key, Username: strings.ReplaceAll(strings.ToLower(key), " ", "."), ids: map[string]string{}}
	first, last, _ := strings.Cut(key, " ")
	p.First, p.Last = title(first), title(last)
	p.bsuid = "PL." + strconv.FormatUint(hash("bsuid", key), 36)
	// 48 60x xxx xxx: a Polish mobile number.
	p.Phone = fmt.Sprintf("4860%07d", hash("phone", key)%1e7)
	if len(key) >= 8 && digits(key) {
		p.Phone = key
		p.First = "Klient"
	}
	m.people = append(m.people, p)
	m.byName[strings.ToLower(key)] = p
	m.byID[p.Phone], m.byID[p.bsuid] = p, p
	for _, a := range m.assets {
		m.scoped(a, p)
	}
	return p
}

// lookup finds a person by name or by any platform id, or gives nil.
func (m *Meta) lookup(name string) *Person {
	name = strings.TrimPrefix(strings.TrimSpace(name), "+")
	if p := m.byName[strings.ToLower(name)]; p != nil {
		return p
	}
	return m.byID[name]
}

// scoped is the person's id as one account sees it. PSIDs and IGSIDs belong to one account and one person, so the
// same person has another id at another Page (CHANNELS 8).
func (m *Meta) scoped(a *Asset, p *Person) string {
	if a.Kind == WhatsApp {
		return p.Phone
	}
	if id, ok := p.ids[a.ID]; ok {
		return id
	}
	id := p.Name
	if len(id) < 8 || !digits(id) {
		prefix := "7600000"
		if a.instagram() {
			prefix = "1090000"
		}
		id = prefix + fmt.Sprintf("%09d", hash(a.ID, p.Name)%1e9)
	}
	p.ids[a.ID] = id
	m.byID[id] = p
	return id
}

// full is the person's name as shown on the platforms.
func (p *Person) full() string { return strings.TrimSpace(p.First + " " + p.Last) }

// hash turns a name into digits that stay the same over restarts; scope keeps two accounts' ids apart.
func hash(scope, name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(scope + "\x00" + name))
	return h.Sum64()
}

// title writes a name with a capital, runes not bytes: Ł is a capital too.
func title(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}
