package nlu

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
)

// magic begins a stored model; the last byte is the version of the layout.
var magic = []byte("tandem nlu\x00\x06")

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
	return load(b)
}

// load reads a stored model and keeps its bytes.
func load(b []byte) (*Model, error) {
	n := len(b) - 4
	if n < len(magic) || binary.LittleEndian.Uint32(b[n:]) != crc32.ChecksumIEEE(b[:n]) {
		return nil, errModel
	}
	m, err := use(b)
	if err != nil {
		return nil, err
	}
	for c := m.joint.cells; len(c) >= 2; c = c[2:] {
		if int(c[0]) >= len(m.joint.names) {
			return nil, errModel
		}
	}
	return m, nil
}

// use is load for bytes that are known to be whole: those within the program. Only what it needs of
// them is touched.
func use(b []byte) (*Model, error) {
	n := len(b) - 4
	if n < len(magic) || !bytes.HasPrefix(b, magic) {
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
	var err error
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

// encode writes the table and the weights as they are read.
func (l *linear) encode(b *bytes.Buffer) error {
	head, err := json.Marshal(linearHead{l.uses, l.names, l.bias, l.scale})
	if err != nil {
		return err
	}
	putBytes(b, head)
	putBytes(b, l.table)
	putBytes(b, l.cells)
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
	l := &linear{uses: head.Uses, names: head.Names, bias: head.Bias, scale: head.Scale, table: d.bytes(), cells: d.bytes()}
	d.bad = d.bad || len(l.bias) != len(l.names) || len(l.scale) != len(l.names) || len(l.table)%slotBytes != 0 || len(l.cells)%2 != 0
	if d.bad {
		return &linear{}
	}
	return l
}
