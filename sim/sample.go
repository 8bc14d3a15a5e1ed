package sim

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"time"
)

// cdnLife is how long the address of a private message's file answers. The platforms say only that it is short.
const cdnLife = 10 * time.Minute

// content is what a person attached: the file that was given, or a sample of the type. Nil for a type that is no file.
func (a InboundAtt) content() ([]byte, string) {
	sample, mime := a.Data, ""
	switch a.Type {
	case "image", "sticker":
		mime = "image/png"
		if sample == nil {
			sample = parcelPicture()
		}
	case "file", "document":
		mime = "application/pdf"
		if sample == nil {
			sample = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
		}
	case "audio":
		mime = "audio/ogg; codecs=opus"
		if sample == nil {
			sample = []byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00OpusHead")
		}
	case "video":
		mime = "video/mp4"
		if sample == nil {
			sample = []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
		}
	default:
		return nil, ""
	}
	if a.MIME != "" {
		mime = a.MIME
	}
	return sample, mime
}

// parcelPicture draws a parcel with a torn corner: what people photograph for a shop.
func parcelPicture() []byte {
	const w, h = 320, 220
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.RGBA{228, 224, 216, 255}, color.RGBA{193, 154, 107, 255},
		color.RGBA{168, 128, 84, 255}, color.RGBA{222, 200, 160, 255}, color.RGBA{60, 52, 44, 255}})
	for y := range h {
		for x := range w {
			switch {
			case x > 60 && x < 260 && y > 50 && y < 180 && x-60+y-50 < 34: // the hole
				img.SetColorIndex(x, y, 4)
			case x > 60 && x < 260 && y > 50 && y < 180 && x > 146 && x < 174: // the tape
				img.SetColorIndex(x, y, 3)
			case x > 60 && x < 260 && y > 50 && y < 180:
				img.SetColorIndex(x, y, 1)
			case x > 66 && x < 268 && y >= 180 && y < 188: // the shadow
				img.SetColorIndex(x, y, 2)
			}
		}
	}
	var b bytes.Buffer
	must(png.Encode(&b, img))
	return b.Bytes()
}
