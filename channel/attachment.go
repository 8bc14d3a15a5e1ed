package channel

import (
	"tandem"
)

// attachment is what hangs on a private message of Messenger or Instagram. A fallback may have its
// title and address beside the type and no payload (CHANNELS 2.1).
type attachment struct {
	Type    string `json:"type"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Payload struct {
		URL         string `json:"url"`
		Title       string `json:"title"`
		Sticker     id     `json:"sticker_id"`
		Coordinates *struct {
			Lat  float64 `json:"lat"`
			Long float64 `json:"long"`
		} `json:"coordinates"`
		Product struct {
			Elements []struct {
				ID       id     `json:"id"`
				Retailer id     `json:"retailer_id"`
				Title    string `json:"title"`
				Image    string `json:"image_url"`
			} `json:"elements"`
		} `json:"product"`
	} `json:"payload"`
}

// partTypes are our names of the platforms' attachment types.
var partTypes = map[string]string{
	"image": "image", "video": "video", "audio": "audio", "file": "file", "sticker": "sticker",
	"location": "location", "fallback": "share", "share": "share", "reel": "share", "ig_reel": "share",
	"post": "share", "ig_post": "share", "media": "share", "story_mention": "story", "ig_story": "story",
	"story": "story", "appointment_booking": "booking", "like_heart": "sticker", "template": "template",
}

// thumbs are the three sizes of Messenger's thumb, which people send for yes.
var thumbs = map[id]bool{"369239263222822": true, "369239343222814": true, "369239383222810": true}

// attachments normalises what hangs on a message. Before 30 August 2026 a sticker came as an image
// too (CHANNELS 2.1); such an image is dropped where the sticker itself is there.
func attachments(all []attachment) []tandem.Part {
	stickers := map[id]bool{}
	for _, a := range all {
		if a.Type == "sticker" {
			stickers[a.Payload.Sticker] = true
		}
	}
	var parts []tandem.Part
	for _, a := range all {
		if a.Type == "image" && a.Payload.Sticker != "" {
			if stickers[a.Payload.Sticker] {
				continue
			}
			a.Type = "sticker"
		}
		parts = append(parts, a.parts()...)
	}
	return parts
}

// parts makes one part of an attachment, or one for each product of a product card. The address of a
// file dies soon; of a story only the address may be kept, never the picture (CHANNELS 3.2).
func (a attachment) parts() []tandem.Part {
	p := tandem.Part{Type: partTypes[a.Type], URL: orElse(a.Payload.URL, a.URL), Name: orElse(a.Payload.Title, a.Title)}
	switch {
	case p.Type == "":
		p.Type, p.Value = "unsupported", a.Type
	case a.Type == "story_mention":
		p.Name = "mention"
	case a.Type == "like_heart":
		p.Value = "❤️"
	case thumbs[a.Payload.Sticker]:
		p.Value = "👍"
	case a.Payload.Coordinates != nil:
		p.Lat, p.Lon = a.Payload.Coordinates.Lat, a.Payload.Coordinates.Long
	case len(a.Payload.Product.Elements) > 0:
		var products []tandem.Part
		for _, e := range a.Payload.Product.Elements {
			products = append(products, tandem.Part{Type: "product", Name: e.Title, URL: e.Image,
				Value: orElse(string(e.Retailer), string(e.ID))})
		}
		return products
	}
	return []tandem.Part{p}
}

// spoken returns the word that a lone thumb or heart stands for.
func spoken(parts []tandem.Part) string {
	if len(parts) == 1 && parts[0].Type == "sticker" {
		return parts[0].Value
	}
	return ""
}
