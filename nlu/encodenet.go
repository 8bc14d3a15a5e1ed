package nlu

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
)

type blendHead struct {
	Classes             int
	Share, Sharp, Final float32
	Hidden              []int
	Outputs             int
}

// encode writes the linear, then the networks.
func (b *blend) encode(w *bytes.Buffer) error {
	h := blendHead{Classes: b.classes, Share: b.share, Sharp: b.sharp, Final: b.final}
	for _, n := range b.nets {
		h.Hidden, h.Outputs = append(h.Hidden, n.hidden), n.outputs
	}
	head, err := json.Marshal(h)
	if err != nil {
		return err
	}
	putBytes(w, head)
	if err := b.linear.encode(w); err != nil {
		return err
	}
	putFloats(w, b.size)
	for _, n := range b.nets {
		for _, f := range [][]float32{n.bias, n.out, n.outBias} {
			putFloats(w, f)
		}
	}
	putUint(w, uint64(len(b.small)))
	for _, x := range b.small {
		w.WriteByte(byte(x))
	}
	return nil
}

func putFloats(w *bytes.Buffer, f []float32) {
	putUint(w, uint64(len(f)))
	for _, x := range f {
		var b [4]byte
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(x))
		w.Write(b[:])
	}
}

func (d *decoder) floats() []float32 {
	n := d.uint()
	if n > uint64(len(d.b)/4) {
		d.bad = true
		return nil
	}
	f := make([]float32, n)
	for i := range f {
		f[i] = math.Float32frombits(binary.LittleEndian.Uint32(d.b[4*i:]))
	}
	d.b = d.b[4*n:]
	return f
}

func (d *decoder) whole() []int8 {
	raw := d.bytes()
	w := make([]int8, len(raw))
	for i, x := range raw {
		w[i] = int8(x)
	}
	return w
}

func (d *decoder) blend() *blend {
	var h blendHead
	if err := json.Unmarshal(d.bytes(), &h); err != nil {
		d.bad = true
		return &blend{linear: &linear{}}
	}
	b := &blend{classes: h.Classes, share: h.Share, sharp: h.Sharp, final: h.Final, linear: d.linear()}
	b.size = d.floats()
	for _, hidden := range h.Hidden {
		n := &net{hidden: hidden, outputs: h.Outputs, bias: d.floats(), out: d.floats(), outBias: d.floats()}
		d.bad = d.bad || n.outputs != b.classes || len(n.bias) != hidden || len(n.out) != hidden*n.outputs ||
			len(n.outBias) != n.outputs
		b.nets = append(b.nets, n)
	}
	b.small = d.whole()
	rows := 0
	for _, s := range b.slots {
		if s.row >= 0 && s.used {
			rows++
		}
	}
	d.bad = d.bad || b.classes > len(b.names) || len(h.Hidden) > 0 && (len(b.size) != rows || len(b.small) != rows*b.width())
	return b
}
