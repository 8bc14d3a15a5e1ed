package nlu

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
)

// headForm is a head as it is stored, before its networks.
type headForm struct {
	First, Classes      int
	Share, Sharp, Final float32
	Hidden              []int
}

// encode writes the linear, then the networks.
func (j *joint) encode(w *bytes.Buffer) error {
	var forms []headForm
	for _, h := range j.heads {
		f := headForm{First: h.first, Classes: h.classes, Share: h.share, Sharp: h.sharp, Final: h.final}
		for _, n := range h.nets {
			f.Hidden = append(f.Hidden, n.hidden)
		}
		forms = append(forms, f)
	}
	head, err := json.Marshal(forms)
	if err != nil {
		return err
	}
	putBytes(w, head)
	if err := j.linear.encode(w); err != nil {
		return err
	}
	for _, h := range j.heads {
		for _, n := range h.nets {
			putFloats(w, n.bias)
			putFloats(w, n.out)
			putFloats(w, n.outBias)
		}
	}
	putBytes(w, j.small)
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

func (d *decoder) joint() *joint {
	var forms []headForm
	if err := json.Unmarshal(d.bytes(), &forms); err != nil {
		d.bad = true
		return &joint{linear: &linear{}}
	}
	j := &joint{linear: d.linear()}
	for _, f := range forms {
		h := head{first: f.First, classes: f.Classes, at: j.width(), share: f.Share, sharp: f.Sharp, final: f.Final}
		for _, hidden := range f.Hidden {
			n := &net{hidden: hidden, outputs: f.Classes, bias: d.floats(), out: d.floats(), outBias: d.floats()}
			d.bad = d.bad || hidden < 1 || len(n.bias) != hidden || len(n.out) != hidden*n.outputs || len(n.outBias) != n.outputs
			h.nets = append(h.nets, n)
		}
		d.bad = d.bad || f.First < 0 || f.Classes < 1 || f.First+f.Classes > len(j.names)
		j.heads = append(j.heads, h)
	}
	j.small = d.bytes()
	row := sizeBytes + j.width()
	d.bad = d.bad || len(j.small)%row != 0 || !j.index(len(j.small)/row)
	return j
}
