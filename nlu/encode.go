package nlu

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"slices"
)

// magic begins a stored model; the last byte is the version of the layout.
var magic = []byte("tandem nlu\x00\x04")

// errModel says that stored bytes are no model, or one of another version of tandem.
var errModel = errors.New("not a model of this version")

// Write stores the model. The bytes are the same for the same model.
func (m *Model) Write(w io.Writer) error {
	var b bytes.Buffer
	b.Write(magic)
	head, err := json.Marshal(stored{m.version, m.tuning})
	if err != nil {
		return err
	}
	putBytes(&b, head)
	if err := m.joint.encode(&b); err != nil {
		return err
	}
	_ = binary.Write(&b, binary.LittleEndian, crc32.ChecksumIEEE(b.Bytes()))
	_, err = w.Write(b.Bytes())
	return err
}

type stored struct {
	Version string
	Tuning  tuning
}

// Load reads a stored model. It refuses bytes that were changed.
func Load(r io.Reader) (*Model, error) {
	b, err := io.ReadAll(bufio.NewReader(r))
	if err != nil {
		return nil, err
	}
	n := len(b) - 4
	if n < len(magic) || !bytes.HasPrefix(b, magic) || binary.LittleEndian.Uint32(b[n:]) != crc32.ChecksumIEEE(b[:n]) {
		return nil, errModel
	}
	d := &decoder{b: b[len(magic):n]}
	var s stored
	if err := json.Unmarshal(d.bytes(), &s); err != nil {
		return nil, errModel
	}
	m := &Model{version: s.Version, tuning: s.Tuning}
	m.joint = d.joint()
	if d.bad || len(m.joint.heads) != 2 || m.joint.heads[headTopics].classes != len(s.Tuning.Topics) ||
		m.joint.heads[headMoods].classes != len(moodNames) || len(m.joint.names) != len(s.Tuning.Topics)+extraOutputs+len(moodNames) {
		return nil, errModel
	}
	if m.lexicon, err = shippedLexicon(); err != nil {
		return nil, err
	}
	return m, nil
}

func putBytes(b *bytes.Buffer, p []byte) {
	putUint(b, uint64(len(p)))
	b.Write(p)
}

func putUint(b *bytes.Buffer, n uint64) {
	var buf [binary.MaxVarintLen64]byte
	b.Write(buf[:binary.PutUvarint(buf[:], n)])
}

// encode writes each feature: the difference of its key to the one before, whether the networks have
// it, its weights.
func (l *linear) encode(b *bytes.Buffer) error {
	head, err := json.Marshal(linearHead{l.uses, l.names, l.bias, l.scale})
	if err != nil {
		return err
	}
	putBytes(b, head)
	list := l.list()
	putUint(b, uint64(len(list)))
	last := uint32(0)
	for _, s := range list {
		putUint(b, uint64(s.key-last))
		last = s.key
		rowed := uint64(0)
		if s.row >= 0 {
			rowed = 1
		}
		putUint(b, uint64(s.n())<<1|rowed)
		for _, c := range l.of(&s) {
			b.WriteByte(c.out)
			b.WriteByte(byte(c.weight))
		}
	}
	return nil
}

type linearHead struct {
	Uses  [groups]bool
	Names []string
	Bias  []float32
	Scale []float32
}

// decoder reads what encode wrote; bad stays set after the first fault.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) bytes() []byte {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.bad = true
		return nil
	}
	p := d.b[:n]
	d.b = d.b[n:]
	return p
}

func (d *decoder) linear() *linear {
	var head linearHead
	if err := json.Unmarshal(d.bytes(), &head); err != nil {
		d.bad = true
		return &linear{}
	}
	l := &linear{uses: head.Uses, names: head.Names, bias: head.Bias, scale: head.Scale}
	n := d.uint()
	if n > uint64(len(d.b)) || len(l.bias) != len(l.names) || len(l.scale) != len(l.names) {
		d.bad = true
		return &linear{}
	}
	list, key, rows := make([]slot, n), uint64(0), int32(0)
	for i := range list {
		key += d.uint()
		head := d.uint()
		weights := int(min(head>>1, 255))
		if 2*weights > len(d.b) || head>>1 > 255 || len(l.cells) >= 1<<24 {
			d.bad = true
			return &linear{}
		}
		s := slot{key: uint32(key), place: placed(len(l.cells), weights), row: -1}
		if head&1 == 1 {
			s.row = rows
			rows++
		}
		for k := range weights {
			c := mass{d.b[2*k], int8(d.b[2*k+1])}
			d.bad = d.bad || int(c.out) >= len(l.names)
			l.cells = append(l.cells, c)
		}
		d.b = d.b[2*weights:]
		list[i] = s
	}
	if d.bad {
		return &linear{}
	}
	l.cells = slices.Clip(l.cells)
	l.index(list)
	return l
}
