//! What models were asked: what left this machine, where to, for what, at what cost.

use career::view::{CallView, LedgerView, SpentView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use crate::api::{ForgetAnswers, get_ledger};
use crate::components::failure::{Failure, Loading};
use crate::components::moment::Moment;
use crate::components::own_key::{OwnKey, OwnKeyPart, OwnKeyTold};
use crate::text;

/// The ledger, of one run where the address names it.
#[component]
pub fn ModelsPage() -> impl IntoView {
    let query = use_query_map();
    let run = Memo::new(move |_| {
        query.with(|query| query.get_str("run").and_then(|id| Uuid::parse_str(id).ok()))
    });
    let forget = ServerAction::<ForgetAnswers>::new();
    let own =
        untrack(|| query.with(|query| OwnKey::of(query.get("own"), query.get("own_refused"))));
    let ledger = Resource::new(
        move || (run.get(), forget.version().get(), own.changed.get()),
        |(run, ..)| get_ledger(run),
    );
    let by_form = untrack(|| query.with(|query| query.get("forgotten").is_some()));
    let forgotten = move || {
        let done = forget.value().get();
        match done {
            Some(Ok(())) => Some(text::models_forgotten().to_owned()),
            Some(Err(error)) => Some(error.message()),
            None => by_form.then(|| text::models_forgotten().to_owned()),
        }
    };
    view! {
        <Title text=text::title_models() />
        <div class="list-page models-page">
            <h1>{text::models_heading()}</h1>
            <p class="quiet">{text::models_lead()}</p>
            <p role="status">{forgotten}</p>
            <Transition>
                {move || Suspend::new(async move {
                    ledger.await.ok().map(|ledger| view! { <Named ledger /> })
                })}
            </Transition>
            <section class="block" aria-labelledby="own-key-title">
                <h2 id="own-key-title">{text::own_key_heading()}</h2>
                <OwnKeyTold own />
                <Transition>
                    {move || Suspend::new(async move {
                        ledger.await.ok().map(|ledger| view! { <OwnKeyPart view=ledger.own own /> })
                    })}
                </Transition>
            </section>
            <Transition fallback=Loading>
                {move || Suspend::new(async move {
                    match ledger.await {
                        Ok(ledger) => view! { <Ledger ledger run=run.get() forget /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

/// Which model is asked, with whose key.
#[component]
fn Named(
    /// The ledger.
    ledger: LedgerView,
) -> impl IntoView {
    let own = ledger.own.kept.is_some_and(|kept| !kept.lost) && ledger.own.allowed;
    match &ledger.model {
        Some(model) => {
            let words = if own {
                text::models_asked_own
            } else {
                text::models_asked
            };
            view! { <p>{words(model, &ledger.host)}</p> }.into_any()
        }
        None => view! {
            <section class="empty">
                <h2>{text::models_none_heading()}</h2>
                <p>{text::models_none()}</p>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn Ledger(
    /// The ledger.
    ledger: LedgerView,
    /// The run it is of.
    run: Option<Uuid>,
    /// Forgets kept answers.
    forget: ServerAction<ForgetAnswers>,
) -> impl IntoView {
    let asked = ledger.model.is_some();
    let empty = ledger.calls.is_empty();
    let of_run = run.map(|run| {
        view! {
            <p>
                {text::models_of_run()} " " <a href=format!("/runs/{run}")>{text::models_to_run()}</a> " · "
                <a href="/models">{text::models_all()}</a>
            </p>
        }
    });
    let table = if empty {
        asked
            .then(|| view! { <p class="quiet">{text::models_no_calls()}</p> })
            .into_any()
    } else {
        view! { <Calls calls=ledger.calls more=ledger.more /> }.into_any()
    };
    let figures = (asked || !empty).then(|| {
        view! { <Figures today=ledger.today month=ledger.month left=ledger.left_micro prices_of=ledger.prices_of /> }
    });
    // A heading with nothing under it says less than none.
    let calls = (asked || !empty || run.is_some()).then(|| {
        view! {
            <section class="block" aria-labelledby="calls-title">
                <h2 id="calls-title">{text::models_calls_heading()}</h2>
                {of_run}
                {table}
            </section>
        }
    });
    view! {
        {figures}
        {calls}
        <Forget forget />
    }
    .into_any()
}

#[component]
fn Figures(
    /// Today.
    today: SpentView,
    /// The last thirty days.
    month: SpentView,
    /// What is left of today's budget.
    left: Option<i64>,
    /// The day of the price list.
    prices_of: String,
) -> impl IntoView {
    let row = |words: &'static str, today: String, month: String| {
        view! {
            <tr>
                <th scope="row">{words}</th>
                <td class="number">{today}</td>
                <td class="number">{month}</td>
            </tr>
        }
    };
    let counts = |words, of: fn(&SpentView) -> i64| {
        row(words, of(&today).to_string(), of(&month).to_string())
    };
    let sums = |words, of: fn(&SpentView) -> i64| {
        row(words, text::dollars(of(&today)), text::dollars(of(&month)))
    };
    let unpriced = (month.unpriced > 0).then(|| {
        view! { <p class="hint">{text::models_unpriced(month.unpriced)}</p> }
    });
    let left = match left {
        Some(left) => text::models_left(&text::dollars(left)),
        None => text::models_no_limit().to_owned(),
    };
    view! {
        <section class="block" aria-labelledby="spent-title">
            <h2 id="spent-title">{text::models_spent_heading()}</h2>
            <table class="spent">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" class="number">{text::models_today()}</th>
                        <th scope="col" class="number">{text::models_month()}</th>
                    </tr>
                </thead>
                <tbody>
                    {counts(text::models_column_calls(), |spent| spent.calls)}
                    {sums(text::models_column_cost(), |spent| spent.cost_micro)}
                    {counts(text::models_column_kept(), |spent| spent.kept)}
                    {sums(text::models_column_saved(), |spent| spent.saved_micro)}
                </tbody>
            </table>
            <p>{left}</p>
            <p class="hint">{text::models_prices(&prices_of)}</p>
            {unpriced}
        </section>
    }
    .into_any()
}

#[component]
fn Calls(
    /// The calls.
    calls: Vec<CallView>,
    /// Whether there are more.
    more: bool,
) -> impl IntoView {
    let more =
        more.then(|| view! { <p class="hint">{text::models_more(&calls.len().to_string())}</p> });
    view! {
        <table class="calls" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col">{text::models_column_when()}</th>
                    <th scope="col">{text::models_column_purpose()}</th>
                    <th scope="col">{text::models_column_sent()}</th>
                    <th scope="col" class="number">{text::models_column_tokens()}</th>
                    <th scope="col" class="number">{text::models_column_cost()}</th>
                    <th scope="col">{text::models_column_result()}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{calls.into_iter().map(call_row).collect_view()}</tbody>
        </table>
        {more}
    }
    .into_any()
}

fn call_row(call: CallView) -> impl IntoView {
    let fields: Vec<&str> = call
        .fields
        .iter()
        .map(|field| text::sent_field(field).unwrap_or(field))
        .collect();
    let sent = if call.kept {
        text::models_nothing_sent().to_owned()
    } else {
        text::models_sent(
            &fields.join(", "),
            &text::kilobytes(call.bytes_out),
            &call.host,
        )
    };
    let tokens = call
        .tokens
        .map(|(read, written)| text::models_tokens(&read.to_string(), &written.to_string()));
    let cost = match (call.kept, call.cost_micro) {
        (true, _) => text::models_cost_saved(&text::dollars(call.saved_micro)),
        (false, Some(cost)) => text::dollars(cost),
        (false, None) => text::models_cost_unknown().to_owned(),
    };
    let result = match (call.kept, call.outcome.as_str()) {
        (true, _) => text::models_kept().to_owned(),
        (false, "answered") => text::models_answered(&text::duration(call.latency_ms as f64)),
        (false, code) => text::call_failed(code)
            .unwrap_or_else(text::models_call_failed)
            .to_owned(),
    };
    let whose = if call.own_key {
        text::models_own_key()
    } else {
        text::models_servers_key()
    };
    let purpose = text::call_purpose(&call.purpose).unwrap_or_default();
    let purpose = match call.run {
        Some(run) => {
            view! { <a class="run-link" href=format!("/runs/{run}")>{purpose}</a> }.into_any()
        }
        None => purpose.into_any(),
    };
    view! {
        <tr role="row">
            <td role="cell" class="run-when wide">
                <Moment at=call.at />
            </td>
            <td role="cell" class="wide">
                {purpose} <span class="quiet call-model">{call.model} ", " {whose}</span>
            </td>
            <td role="cell" class="wide">
                {sent}
            </td>
            <td role="cell" class="number">
                {tokens}
            </td>
            <td role="cell" class="number">
                {cost}
            </td>
            <td role="cell" class="wide">
                {result}
            </td>
        </tr>
    }
}

#[component]
fn Forget(
    /// Does it.
    forget: ServerAction<ForgetAnswers>,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        forget.dispatch(ForgetAnswers {});
    };
    view! {
        <section class="block" aria-labelledby="forget-title">
            <h2 id="forget-title">{text::models_forget_heading()}</h2>
            <p>{text::models_forget_lead()}</p>
            <form method="post" action=ForgetAnswers::url() on:submit=submit>
                <button class="button" aria-disabled=move || forget.pending().get().to_string()>
                    {text::models_forget()}
                </button>
            </form>
        </section>
    }
    .into_any()
}
