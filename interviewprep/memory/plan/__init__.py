"""The interview plan: what to ask today so that most is known on the interview's day. Pure; no clock.

What others call, module by module (import from the modules; this file stays empty):

- `facts`: `Situation`, one plan as of one study day (cards by `plan_cards(heads, states, hidden)`, days,
  seconds a day, days off, `attendance` by `expected_attendance`); `LearnerModel` and its `Pace`.
- `today`: `day_plan([(situation, rule), ...], seconds)` gives the day's order for `Queue(order=...)`, how
  many cards are expected to fit, and which are last passes; `warm_up(situation)` the order of the
  interview's morning.
- `budget`: `DayBudget` says which answer may still be begun within the day's time.
- `rules`: `Rule` (`str` and `Rule.parse` for the log) and `GREEDY`, to follow until a choice is there.
- `autoplan`: `choose(situation, seed=..., is_over=..., pause=...)` gives the rule to follow, for a background
  worker; `is_off(choice, situation, recall)` says when to choose again.
- `forecast`: `readiness(situation)` at once; `forecast(situation, rule, seed=...)` in a background worker.
- `calibration`: `calibration(pairs)` compares predicted with actual recall.
- `simulator`, `policies`: `simulate(World(...), policy_named(...), seed)`, which the figures come from.

Below them: `memories` (FSRS-6 in columns), `gain` (the greedy rule's formula), `course` (a day's order by a
rule, for the drill and for every simulation), `walk` and `chances` (one simulated way to the interview).
"""
