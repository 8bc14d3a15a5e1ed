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

// encode writes the linear, then for each key whether the networks have it, then the networks.
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
	bits := make([]byte, (len(b.keys)+7)/8)
	for k, r := range b.row {
		if r >= 0 {
			bits[k/8] |= 1 << (k % 8)
		}
	}
	putBytes(w, bits)
	for _, n := range b.nets {
		for _, f := range [][]float32{n.scale, n.bias, n.out, n.outBias} {
			putFloats(w, f)
		}
		putUint(w, uint64(len(n.small)))
		for _, x := range n.small {
			w.WriteByte(byte(x))
		}
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
	bits := d.bytes()
	b.row = make([]int32, len(b.keys))
	rows := 0
	for k := range b.row {
		b.row[k] = -1
		if k/8 < len(bits) && bits[k/8]>>(k%8)&1 == 1 {
			b.row[k] = int32(rows)
			rows++
		}
	}
	for _, hidden := range h.Hidden {
		n := &net{hidden: hidden, outputs: h.Outputs, scale: d.floats(), bias: d.floats(), out: d.floats(), outBias: d.floats()}
		n.small = d.whole()
		d.bad = d.bad || n.outputs != b.classes || len(n.scale) != rows || len(n.bias) != hidden ||
			len(n.out) != hidden*n.outputs || len(n.outBias) != n.outputs || len(n.small) != rows*hidden
		b.nets = append(b.nets, n)
	}
	d.bad = d.bad || b.classes > len(b.names)
	return b
}
