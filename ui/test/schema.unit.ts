// The hand-written types of the API against the program's own OpenAPI document (npm run types). The
// compiler does the work: a field that is renamed, added or gone on either side does not compile.
import { expect, it } from 'vitest';
import type * as ours from '../desk/src/api.gen';
import type { components } from '../desk/src/schema.gen';

interface Ours {
  Person: ours.Person; MemberView: ours.MemberView; Members: ours.Members; Invitation: ours.Invitation; WorkspaceView: ours.WorkspaceView; TouchpointView: ours.TouchpointView; ChannelView: ours.ChannelView; TeamView: ours.TeamView; Counts: ours.Counts; Me: ours.Me;
  RowCustomer: ours.RowCustomer; Row: ours.Row; Page: ours.Page; IdentityView: ours.IdentityView; CustomerView: ours.CustomerView; ThreadView: ours.ThreadView; MergeView: ours.MergeView; ProposalView: ours.ProposalView; MergesOut: ours.Merges; MessageView: ours.MessageView; HandoverView: ours.HandoverView;
  Fact: ours.Fact; Claim: ours.Claim; Part: ours.Part; Evidence: ours.Evidence; Card: ours.Card; Worded: ours.Worded; Progress: ours.Progress; DraftView: ours.DraftView; DraftStats: ours.DraftStats; DraftPage: ours.DraftPage;
  ActionView: ours.ActionView; CaseView: ours.CaseView; PromiseView: ours.PromiseView; NoteView: ours.NoteView; DecisionLine: ours.DecisionLine; Transition: ours.Transition; ConversationView: ours.ConversationView; SignView: ours.SignView; EventLine: ours.EventLine; Wall: ours.Wall;
  Policy: ours.Policy; SampleGroup: ours.SampleGroup; SampleView: ours.SampleView; Samples: ours.Samples; LogLine: ours.LogLine; Log: ours.LogPage; Reading: ours.Reading; Trigger: ours.Trigger; DecisionView: ours.Decision; FieldView: ours.AccountField; KindView: ours.AccountKind; Accounts: ours.Accounts; Tested: ours.Tested; Problem: ours.Problem;
  Learning: ours.Learning; LearningCounts: ours.LearningCounts; VersionView: ours.VersionView; Figures: ours.Figures; WordView: ours.WordView; Guess: ours.Guess; ExampleView: ours.ExampleView; Examples: ours.Examples; Added: ours.Added; ExampleFile: ours.ExampleFile;
  HeaderView: ours.HeaderView; ButtonView: ours.ButtonView; SlotView: ours.SlotView; TemplateView: ours.TemplateView; Templates: ours.Templates;
}
type Sent = components['schemas'];
type Unknown = { [K in keyof Ours]: Exclude<keyof Sent[K], keyof Ours[K] | '$schema'> }[keyof Ours];
type Missing = { [K in keyof Ours]: Exclude<keyof Ours[K], keyof Sent[K]> }[keyof Ours];

it('know exactly the fields that the server sends', () => {
  const unknown: Unknown[] = [] satisfies never[], missing: Missing[] = [] satisfies never[];
  // Only a type of no value at all lets these two lines compile.
  const none = (x: never[]) => x.length;
  expect(none(unknown) + none(missing)).toBe(0);
});
