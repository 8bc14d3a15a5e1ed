// The API’s JSON, as app/dto.go has it. `npm run types` writes schema.gen.ts from the program’s own
// OpenAPI document; test/schema.unit.ts holds the two to each other.
export type Owner = 'bot' | 'queue' | 'human' | 'closed';
export type Origin = 'customer' | 'bot' | 'draft' | 'human' | 'external' | 'notice';
export type Delivery = 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | 'suppressed';
export type Surface = 'dm' | 'comment' | 'webchat' | 'email';
export type MoodName = 'pleased' | 'calm' | 'tense' | 'angry' | '';
export type Act = 'answer' | 'ask' | 'propose' | 'suggest' | 'handover' | 'nothing';
export type DraftState = 'pending' | 'approved' | 'edited' | 'rejected' | 'stale' | 'caught' | 'missed' | 'handed' | 'used' | 'ignored';
export type Role = 'agent' | 'manager' | 'owner';
export type EventKind = 'message.added' | 'message.changed' | 'owner.changed' | 'alert.raised' | 'alert.widened' | 'window.closing' | 'card.changed' | 'card.worded' | 'decision.made' | 'draft.added' | 'draft.changed' | 'note.added' | 'action.added' | 'action.changed' | 'promise.added' | 'promise.changed' | 'conversation.changed' | 'customer.changed' | 'customer.merged' | 'customer.split' | 'account.changed' | 'policy.changed' | 'presence.changed' | 'bot.suppressed' | 'job.dead' | 'user.signed_in' | 'example.changed' | 'model.changed' | 'user.changed';

export interface Person { id: string; name: string; email: string; role: Role; lang: 'pl' | 'en'; present: boolean; load: number }
export interface WorkspaceView { id: string; name: string; zone: string; lang: string; paused: boolean; open: boolean; next?: string }
export interface TouchpointView { id: string; title: string; temper: 'speed' | 'empathy'; speed: number; empathy: number; level: number; by_hand: number; profile: string; paused: boolean; version: number }
export interface ChannelView { id: string; kind: string; title: string; name: string; icon: string; state: 'ok' | 'broken' | 'off'; reason?: string; limit: number; by_bytes: boolean; segments: boolean; media: string[]; receipts: boolean }
export interface TeamView { id: string; name: string }
export interface Counts { needs_human: number; mine: number; team: number; bot: number; all: number; drafts: number; channels: number }
export interface Me { user: Person; workspace: WorkspaceView; can: string[]; touchpoints: TouchpointView[]; channels: ChannelView[]; teams: TeamView[]; people: Person[]; counts: Counts }

export interface RowCustomer { id: string; name: string; username?: string; vip: boolean }
export interface Row {
  id: string; customer: RowCustomer; channel: string; surface: Surface; owner: Owner; agent?: Person; team?: string; offered?: Person; promise_due?: string; promised_by?: Person;
  epoch: number; rev: number; seq: number; priority: number; touchpoint?: string; mood: MoodName; moods: number[]; lang: string;
  reason?: string; reason_text?: string; wait_since?: string; preview: string; last_from: Origin; last_at: string;
  draft: boolean; failed: boolean; public: boolean; window_ends?: string; human_ends?: string; risk: number;
}
export interface Page { items: Row[]; next?: string; counts: Counts }

export interface IdentityView { id: string; channel: string; name?: string; username?: string; verified: number }
export interface CustomerView { id: string; name: string; first?: string; vocative?: string; lang: string; vip: boolean; human: boolean; verified: number; since?: string; shop?: string; identities: IdentityView[] }
export interface SignView { at: string; code: string; text: string; channel: string; url?: string }
export interface ThreadView { id: string; account: string; channel: string; surface: Surface; public: boolean; subject?: string; window_ends?: string; human_ends?: string; blocked?: string; live: boolean; approved: boolean }
export interface HeaderView { text?: string; file?: 'image' | 'video' | 'file'; types: string[]; most?: number }
export interface ButtonView { text: string; url?: string }
export interface SlotView { place: 'header' | 'body' | 'button'; button: number; name: string; example?: string; value?: string }
export interface TemplateView { name: string; lang: string; category: 'utility' | 'marketing' | 'authentication'; header: HeaderView; body: string; footer?: string; buttons: ButtonView[]; state: 'approved' | 'pending' | 'rejected' | 'paused' | 'disabled' | 'complex' | 'unwanted'; slots: SlotView[] }
export interface Templates { items: TemplateView[]; at?: string; problem?: string }
export interface MergeView { id: string; kept: string; gone: string; gone_name?: string; brought: IdentityView[]; by: string; reason: string; evidence: string[]; messages: number; at: string; undone_at?: string }
export interface ProposalView { id: string; a: CustomerView; b: CustomerView; evidence: string[]; score: number; at: string }
export interface Merges { merges: MergeView[]; proposals: ProposalView[] }
export interface Part { type: string; url?: string; name?: string; value?: string; lat?: number; lon?: number; file?: string; state?: string; mime?: string; size?: number }
export interface Evidence { layer: string; code: string; text: string; weight: number; start: number; end: number }
export interface MessageView {
  id: string; thread: string; seq: number; origin: Origin; author?: string; ai_generated: boolean; text: string; parts: Part[];
  delivery: Delivery; problem?: string; kind?: string; mood?: MoodName; score?: number; marks: Evidence[]; sources: string[];
  removed: boolean; removed_by?: 'customer' | 'company' | 'platform' | 'erasure'; edited: boolean; late?: string; at: string; took_ms?: number; decision?: string; key?: string; cancelled?: boolean; template?: string; held_until?: string;
}
export interface HandoverView { id: string; code: string; reason: string; at: string; step: number; taken_by?: Person; taken_at?: string; first_reply?: string; verdict?: string }
export interface Fact { key: string; value: string; text: string; source: string; at: string; class: number; bad: boolean; subject: string }
export interface Worded { text: string; by: string; at: string }
export interface Card {
  headline: string; ask: string; customer: { name: string; verified: number; since: string; orders: number; vip: boolean; form: string; lang: string };
  trigger: string; code: string; facts: Fact[] | null; open: boolean; quotes: { seq: number; text: string; why: string }[] | null;
  bot_did: { at: string; what: string; result: string }[] | null; promises: string[] | null; asked: string[] | null; given: string[] | null; missing: string[] | null;
  mood: { start: number; now: number; trend: string; labels: string[] | null; line: number[] | null }; next: { action: string; why: string }[] | null;
  clock_due?: string; failed: string[] | null; lang: string; version: string;
}
export interface Claim { start: number; end: number; text: string; source: string; value: string; bad: boolean; class: number }
export interface Progress { touchpoint: string; lang: string; group: string; level: number; reviewed: number; success: number; critical: number; lower: number; needed: number; planted: number; caught: number; can_raise: boolean; missing: string[] }
export interface Place { thread: string; channel: string; surface: Surface }
export interface DraftView {
  id: string; conversation: string; thread: string; customer: RowCustomer; channel: string; public: boolean; rev: number; touchpoint: string;
  text: string; claims: Claim[]; class: number; why: string; why_code: string; confidence: 'high' | 'medium' | 'low'; blocked?: string; shut?: string; elsewhere: Place[];
  state: DraftState; due: string; lease_by?: Person; lease_until?: string; created_at: string; question: MessageView[]; progress?: Progress;
}
export interface DraftStats { unchanged: number; edited: number; rejected: number; median_s: number; planted: number; caught: number; pace: boolean }
export interface DraftPage { items: DraftView[]; today: DraftStats }
export type ActionState = 'proposed' | 'approved' | 'doing' | 'done' | 'failed' | 'rejected' | 'unknown';
export interface ActionView {
  id: string; kind: 'refund_delivery' | 'refund_amount' | 'change_address' | 'resend'; subject: string; amount: number; currency: string; args: Record<string, string>; reason: string;
  state: ActionState; by: string; decided_by?: Person; result?: string; may: boolean; limit: number; held_until?: string; created_at: string; decided_at?: string; done_at?: string;
}
export interface CaseView { id: string; touchpoint: string; opened: string; closed?: string; outcome?: string; clock_due?: string; csat?: number }
export interface PromiseView { id: string; text: string; by: string; due: string; kept?: string; broken?: string }
export interface NoteView { id: string; by: string; text: string; for_bot: boolean; at: string }
export interface DecisionLine { id: string; seq: number; act: Act; touchpoint: string; confidence: number; rule: string; code?: string; outcome?: string; at: string }
export interface Transition { seq: number; at: string; from: Owner; to: Owner; epoch: number; actor: string; code: string; text: string }
export interface ConversationView extends Row {
  person: CustomerView; threads: ThreadView[]; messages: MessageView[]; earlier: boolean; handover?: HandoverView; card?: Card; worded?: Worded;
  suggestions: DraftView[]; actions: ActionView[]; pending?: DraftView; cases: CaseView[]; promises: PromiseView[]; notes: NoteView[];
  decisions: DecisionLine[]; transitions: Transition[]; signs: SignView[]; brief?: string; viewers: Person[];
}
export interface EventView { seq: number; kind: EventKind; at: string; conversation?: string; subject?: string; actor?: string; code?: string; data?: Record<string, unknown>; row?: Row; message?: MessageView; draft?: DraftView; counts?: Counts }
export interface EventLine { at: string; kind: EventKind; text: string; conversation?: string }
export interface Wall {
  bot: number; people: number; waiting: number; longest_s: number; drafts: number; bot_p50_ms: number; bot_p95_ms: number; mood: number;
  ignored: number; overdue: number; dead_jobs: number; paused: boolean; tiles: Row[]; team: Person[]; happening: EventLine[];
}
export interface Policy { touchpoints: TouchpointView[]; progress: Progress[] }
export interface SampleGroup { kind: 'sample' | 'second' | 'trap' | 'withheld' | 'helped'; n: number; agreed: number; critical: number; waiting: number; lower: number; upper: number; median_s: number }
export interface SampleView { id: string; kind: SampleGroup['kind']; conversation: string; touchpoint: string; lang: string; bot: string; person?: string; first?: string; trap?: string; edit?: string; reasons?: string; agreed: boolean; at: string }
export interface Samples { days: number; groups: SampleGroup[]; items: SampleView[] }
export interface LogLine extends DecisionLine { conversation: string; customer: RowCustomer }
export interface LogPage { items: LogLine[]; next?: string }
export interface Trigger { code: string; kind?: string; score?: number; limit?: number; evidence?: Evidence[]; offer?: boolean }
export interface Reading {
  lang: string; lang_sure: boolean; touchpoint: string; confidence: number; alternatives: { touchpoint: string; confidence: number }[] | null; set: string[] | null;
  out_of_scope: number; mood: MoodName; anger: number; escalation: number; hard: boolean; hard_kind: string; wants_human: boolean; human_score: number;
  urgent: boolean; asks_bot: boolean; feedback: number; form: string; gender: string; entities: { kind: string; value: string; start: number; end: number }[] | null; evidence: Evidence[] | null; version: string;
}
export interface Decision {
  id: string; conversation: string; seq: number; epoch: number; rev: number; act: Act; touchpoint: string; level: number; rule: string; rules: string[] | null;
  triggers: Trigger[] | null; priority: number; team: string; tension: number; reading: Reading; facts: Fact[] | null; missing: string[] | null;
  versions: string[] | null; reply: string; outcome: string; at: string; words?: Record<string, string>; question?: MessageView[];
}
export interface AccountField { name: string; label: string; help: string; secret: boolean; required: boolean; options: string[] }
export interface AccountKind { kind: string; title: string; icon: string; group: 'chat' | 'public' | 'mail'; fields: AccountField[] }
export interface Tested { ok: { code: string; text: string }[]; wrong: { code: string; text: string }[] }
export interface Upload { id: string; name: string; kind: string; mime: string; size: number }
export interface AccountNews { id: string; account: string; code: string; text: string; times: number; since?: string; at: string }
export interface MemberView { id: string; name: string; email: string; role: Person['role']; lang: string; present: boolean; load: number; disabled: boolean; invited: boolean; seen?: string }
export interface Members { items: MemberView[] }
export interface Invitation { id: string; path: string; until: string }
export interface Accounts { items: ChannelView[]; kinds: AccountKind[]; news: AccountNews[] }
export interface Problem { type?: string; title?: string; status: number; code: string; detail?: string; errors?: { where: string; what: string }[] }

export interface Guess { touchpoint: string; confidence: number }
export type ExampleState = 'suggested' | 'waiting' | 'approved' | 'rejected';
export interface ExampleView {
  id: string; text: string; touchpoint: string; mood?: MoodName; human: boolean; lang: string; state: ExampleState; held: boolean; source: 'message' | 'hand' | 'file';
  why: string[]; guesses: Guess[]; guess_mood: MoodName; by?: Person; at: string; judged_by?: Person;
}
export interface Examples { items: ExampleView[] }
export interface Figures { n: number; topics: number; anger: number; alarms: number; human: number; own_n: number; own: number; taught: number }
export interface VersionView {
  number: number; name: string; state: 'accepted' | 'refused'; used: boolean; can_use: boolean; reasons: string[]; examples: number; held: number;
  changed: Record<string, number>; before: Figures; after: Figures; seconds: number; at: string; by?: Person;
}
export type WordSide = 'hard' | 'soft' | 'harmless';
export interface WordView { id: string; pattern: string; side: WordSide; by?: Person }
export interface LearningCounts { suggested: number; waiting: number; approved: number; held: number; rejected: number }
export interface Learning { counts: LearningCounts; shipped: string; lessons: number; used: number; training: boolean; versions: VersionView[]; words: WordView[] }
export interface Added { added: number; known: number }
export interface ExampleFile { name: string; file: string }
