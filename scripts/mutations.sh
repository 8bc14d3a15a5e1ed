#!/usr/bin/env bash
# Takes one safeguard of the human in the loop away at a time and shows that the suites notice. The
# source is not touched: the compiler is given another text of the one file (go build -overlay).
# Exits non-zero where nothing failed. ONLY=part-of-a-name tries those rows alone.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export TANDEM_INTERLEAVINGS=${INTERLEAVINGS:-200}
survived=0

# mutate NAME FILE FROM TO PACKAGE TESTS [PACKAGE TESTS ...]
mutate() {
  local name=$1 file=$2 from=$3 to=$4 text rest
  shift 4
  case $name in *"${ONLY:-}"*) ;; *) return 0 ;; esac
  text=$(<"$file")
  rest=${text#*"$from"}
  if [ "$rest" = "$text" ] || [ "${rest#*"$from"}" != "$rest" ]; then
    echo "BROKEN   $name: the text to change must be in $file exactly once" >&2
    exit 1
  fi
  printf '%s\n' "${text/"$from"/"$to"}" >"$tmp/mutant.go"
  printf '{"Replace":{"%s/%s":"%s/mutant.go"}}' "$root" "$file" "$tmp" >"$tmp/overlay.json"
  local by="" args
  while [ $# -gt 0 ]; do
    args=()
    [ "$1" != ./stories ] || args=(-args -rapid.nofailfile -rapid.shrinktime=500ms)
    if ! go test -count=1 -overlay "$tmp/overlay.json" -run "$2" "$1" "${args[@]}" >"$tmp/out" 2>&1; then
      if grep -qE '\[(build|setup) failed\]' "$tmp/out"; then
        echo "BROKEN   $name does not compile" >&2
        exit 1
      fi
      by+=$'\n'$(grep -oE '^ *--- FAIL: [^ ]+|\bI[0-9]+(, I[0-9]+)?: .*|^panic: .*' "$tmp/out" | sed -E "s/ *--- FAIL: /         $(basename "$1") /; s/^I/           I/" | awk '!seen[$0]++ && n++ < 12' || true)
      [ "${by: -1}" != $'\n' ] || by+="         $(basename "$1"): $(tail -n 1 "$tmp/out")"
    fi
    shift 2
  done
  if [ -n "$by" ]; then
    echo "caught   $name$by"
  else
    echo "SURVIVES $name"
    survived=1
  fi
}

random=(./stories 'TestHumanInTheLoop/memory')

mutate "commit: owner and epoch" store/conversation.go $'case c.Owner != tandem.Bot:\n\t\treturn "owner"\n\tcase c.Epoch != epoch:' $'case c.Owner == tandem.Closed && c.Epoch != epoch:' \
  "${random[@]}" ./turn TestTheCommitRule
mutate "commit: newer customer message" store/conversation.go 'case c.Asked != asked:' 'case c.Asked < asked:' \
  "${random[@]}" ./turn TestTheCommitRule
mutate "commit: message changed" turn/settle.go 'now.Text != then.Text || now.Removed' 'now.ID != then.ID' \
  ./turn TestTheCommitRule
mutate "commit: pause button" turn/settle.go 'if err != nil || !paused {' 'if err != nil || paused || !paused {' \
  "${random[@]}" ./turn TestTheCommitRule
mutate "dispatch: owner and epoch" turn/send.go '(c.Owner != tandem.Bot || c.Epoch != o.m.Epoch)' 'c.Owner == "nobody"' \
  "${random[@]}" ./turn TestTheDispatchRule
mutate "dispatch: pause button" turn/send.go 'if err != nil || !paused {' 'if err != nil || paused || !paused {' \
  "${random[@]}" ./turn TestTheDispatchRule
mutate "approval: seen_rev" desk/review.go 'if c.Rev != in.SeenRev {' 'if c.Rev < 0 {' \
  "${random[@]}" ./desk TestReviews
mutate "ingest: dedupe key of a delivery" intake/intake.go '+e.Key); err != nil || !fresh {' '+e.Key); err != nil || !fresh && e.Key == "" {' \
  "${random[@]}" ./intake 'TestRepeatsChangeNothing|TestReactions' ./stories 'TestStories/sqlite/08'
mutate "ingest: both dedupe keys" store/message.go 'nullable(m.External), m.ReplyTo, nullable(m.Key)' 'nullable(""), m.ReplyTo, nullable(m.Key)' \
  "${random[@]}" ./intake TestRepeatsChangeNothing
mutate "deadline: notice of the ladder" turn/clock.go 'if now.notice != "" && awaits(s, *h) {' 'if now.notice == "never" {' \
  ./turn TestTheLadder ./stories 'TestStories/sqlite/10'
mutate "deadline: the ladder itself" turn/settle.go 'RunAt: tx.Now.Add(silence(s, why))})' 'RunAt: tx.Now.AddDate(0, 0, 9)})' \
  "${random[@]}" ./turn TestTheLadder
mutate "deadline: closing time" turn/clock.go $'\tif !s.Staffed {\n\t\tnow = step' $'\tif !s.Staffed && h.Step < 0 {\n\t\tnow = step' \
  ./turn 'TestTheLadderMeetsClosingTime|TestParking'
mutate "deadline: the ladder has no end" turn/clock.go 'return s.Now.Add(againAfter)' 'return s.Now.AddDate(9, 0, 0)' \
  ./turn TestTheLadder
mutate "deadline: whose clock a draft has" turn/settle.go 'due = all[0].ReceivedAt.Add(holdAfter)' 'due = tx.Now.Add(holdAfter)' \
  ./turn TestWritingAgainBeginsNoNewClock
mutate "a whisper nobody follows" turn/turn.go ', Unheard: bot.Unheard(s)}' '}' \
  ./turn TestAWhisperIsObeyedOrSeen
mutate "deadline: a draft that waits" turn/settle.go 'return tx.Enqueue(store.Job{Kind: "draft_due", Arg: string(d.ID), RunAt: due})' 'return nil' \
  "${random[@]}" ./turn TestADraftThatWaits
mutate "deadline: a silent owner" turn/clock.go 'return t.queue(tx, c, tandem.Trigger{Code: "T21", Kind: "agent_silent"}, "clock")' 'return nil' \
  "${random[@]}" ./turn TestASilentOwner
mutate "deadline: a promise" turn/promise.go 'return t.queue(tx, c, tandem.Trigger{Code: "T20", Kind: "promise"}, "clock")' 'return nil' \
  ./turn TestPromises ./stories 'TestStories/sqlite/18'
mutate "deadline: whom a broken promise is offered to" turn/clock.go 'if err := widen(tx, h.Conversation, "clock"); err != nil {' 'if err := error(nil); err != nil {' \
  ./stories 'TestStories/sqlite/47'
mutate "deadline: the grace time of a broken promise" turn/promise.go 'return tx.Enqueue(store.Job{Kind: "promise_late", Arg: j.Arg, RunAt: tx.Now.Add(promiseGrace)})
	})' 'return nil
	})' \
  ./turn TestPromises ./stories 'TestStories/sqlite/47'
mutate "send: the double-send guard" turn/send.go 'case o.m.Delivery == tandem.Sending && !line.Idempotent:' 'case o.m.Delivery == tandem.Sending && !line.Idempotent && o.m.Seq < 0:' \
  "${random[@]}" ./turn 'TestADeadSenderNeverSendsTwice'
mutate "action: held" turn/act.go 'if a.Held.After(tx.Now) {' 'if a.Held.IsZero() && a.Held.After(tx.Now) {' \
  "${random[@]}" ./desk TestAnApprovedActionIsHeld
mutate "action: the customer's word while it is held" intake/intake.go 'if err := tx.WithdrawActions(c.ID, "", why); err != nil {' 'if err := error(nil); err != nil {' \
  "${random[@]}" ./desk TestAnApprovedActionIsHeld
mutate "action: a dead worker's is not repeated" turn/act.go 'if a.State == tandem.ActionDoing {' 'if a.State == tandem.ActionDoing && a.Key == "" {' \
  "${random[@]}" ./desk TestAWorkerThatDied
exit $survived
