//! Payments of fees: a bill opens a journey at a bank, the journey's end sends the order, and a page
//! tells what became of it. The bill comes from another site by a form, so no cookie of ours comes with
//! it: who may go on is seen when the browser opens the journey's own address.

mod worker;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renkei_core::commit::CommitError;
use renkei_core::fault::Fault;
use renkei_core::form::FormData;
use renkei_core::hours::ServiceState;
use renkei_core::id::PaymentId;
use renkei_core::instant::Timestamp;
use renkei_core::journey::engine::Beginning;
use renkei_core::journey::plan::Plan;
use renkei_core::journey::{Ending as JourneyEnding, Journey, Purpose, State};
use renkei_core::payment::{
    Bill, BillFormat, NotPayable, Payment, PaymentState, Settler, hindrance, yen,
};
use renkei_core::refusal::Refusal;
use renkei_core::tenant::{ClientTerms, TenantId};
use renkei_core::text::Language;
use renkei_pages::{AccountFace, Ending, Moment, PaymentFace};
use renkei_tenant::LoadedTenant;

pub use self::worker::spawn;
use crate::app::App;
use crate::browser::{self, Handle};
use crate::host::Place;
use crate::journey::{self, Walk};
use crate::{ending, form, reply, trouble};

/// `GET /{tenant}/mpn/ilink`, and whatever else is no bill: a calm "no such page".
pub(crate) async fn calm(app: Data<App>, request: HttpRequest) -> HttpResponse {
    ending::not_found(&app, &request)
}

/// `POST /{tenant}/mpn/ilink`: opens a bill. The first opening claims it and begins a journey, in one
/// commit; every later one leads to that journey, whose cookie says whose it is.
pub(crate) async fn open(
    app: Data<App>,
    request: HttpRequest,
    tenant: Path<String>,
    body: Bytes,
) -> HttpResponse {
    let live = app.live();
    let id = TenantId::parse(&tenant).ok();
    let loaded = id.and_then(|id| live.tenants.find(&id).cloned());
    let Some((loaded, plan)) = loaded.and_then(|loaded| {
        let plan = loaded.tenant.plans.payment.clone()?;
        Some((loaded, plan))
    }) else {
        return ending::not_found(&app, &request);
    };
    let home = app.base_of(&loaded);
    if Place::of(&app, &request) == Place::Platform && home != app.settings.base_url {
        // The journey's cookie must be set where its pages are; the form goes there as it is.
        let address = format!("{home}/{}/mpn/ilink", loaded.tenant.id);
        return HttpResponse::TemporaryRedirect()
            .insert_header((LOCATION, address))
            .finish();
    }
    let form = form::parse(&request, &body);
    let opening = Opening {
        app: &app,
        request: &request,
        loaded: &loaded,
        plan,
    };
    match opening.run(form).await {
        Ok(answer) => answer,
        Err(fault) => {
            let tenant = Some(&loaded.tenant.id);
            ending::payment::fault(&app, &request, tenant, &fault)
        }
    }
}

/// A bill being opened.
struct Opening<'a> {
    app: &'a App,
    request: &'a HttpRequest,
    loaded: &'a Arc<LoadedTenant>,
    plan: Arc<Plan>,
}

impl Opening<'_> {
    async fn run(&self, form: Option<FormData>) -> Result<HttpResponse, Fault> {
        let store = &self.app.ports.store;
        let bill = form.map(|form| self.bill(&form)).transpose()?.flatten();
        let Some(bill) = bill else {
            return Ok(self.refused(StatusCode::BAD_REQUEST, UNREADABLE));
        };
        // Twice: whoever lost the first opening finds the journey of who won it.
        for _ in 0..2 {
            let kept = store.find_bill(&bill.nonce).await?;
            if let Some(journey) = kept.as_ref().and_then(|kept| kept.journey) {
                let address = journey::journey_address(self.app, self.loaded, journey);
                return Ok(reply::see_other(&address).finish());
            }
            if let Some(why) = self
                .hindrance(&bill, kept.is_none_or(|kept| kept.voided))
                .await?
            {
                let key = Refusal::Payment(why).text_key();
                return Ok(self.refused(StatusCode::GONE, key));
            }
            if let ServiceState::Closed { reopens_at, reason } =
                self.loaded.hours.at(self.app.now())
            {
                let language = browser::language(self.app, self.request).unwrap_or_default();
                return Ok(ending::payment::closed(
                    self.app,
                    self.loaded,
                    language,
                    reopens_at,
                    reason,
                ));
            }
            match self.begin(&bill).await {
                Ok(answer) => return Ok(answer),
                Err(CommitError::Lost) => {}
                Err(CommitError::Fault(fault)) => return Err(fault),
            }
        }
        Err(Fault::passing("a bill was opened elsewhere all the time"))
    }

    /// The bill of a form; none when it is not one of ours, or not this bank's.
    fn bill(&self, form: &FormData) -> Result<Option<Bill>, Fault> {
        let Some(text) = form.one("bill") else {
            return Ok(None);
        };
        let bill = self.app.ports.keyring.opened(text)?;
        let is_as_said = |bill: &Bill| {
            bill.tenant == self.loaded.tenant.id
                && form.one("skno") == Some(&bill.fee.facility_number)
                && form.one("bptn") == Some(PATTERN)
        };
        Ok(bill.filter(is_as_said))
    }

    async fn hindrance(&self, bill: &Bill, is_void: bool) -> Result<Option<NotPayable>, Fault> {
        let now = self.app.now();
        if now >= bill.expires_at {
            return Ok(Some(NotPayable::BillLapsed));
        }
        let fee = self.app.ports.store.find_fee(&bill.fee).await?;
        let why = hindrance(bill, fee.as_ref(), now);
        Ok(why.or(is_void.then_some(NotPayable::BillVoided)))
    }

    async fn begin(&self, bill: &Bill) -> Result<HttpResponse, CommitError> {
        let Self { app, request, .. } = self;
        let live = app.live();
        let walk = Walk::new(app, &live, self.loaded, None, Arc::clone(&self.plan));
        let handle = Handle::new(app);
        let language = browser::language(app, request).unwrap_or_default();
        let beginning = Beginning {
            purpose: Purpose::Payment(Box::new(bill.clone())),
            terms: ClientTerms::default(),
            browser: handle.digest(),
            signs: browser::signs(app, request, &self.loaded.tenant.id),
            language,
        };
        let journey = walk.engine().begin(beginning).await?;
        let mut answer = journey::first_page(request, &walk, &journey, &handle, language);
        Ok(answer.finish())
    }

    fn refused(&self, status: StatusCode, key: &str) -> HttpResponse {
        let tenant = &self.loaded.tenant.id;
        ending::payment::bill(self.app, self.request, tenant, status, key)
    }
}

/// Sends the order of a payment that was confirmed this moment. Whatever comes of it, the customer is
/// shown what is known; what is not known is asked for by the worker.
pub(crate) async fn carry_out(app: &App, walk: &Walk<'_>, journey: &Journey) {
    let State::Ended(JourneyEnding::Confirmed { payment }) = &journey.state else {
        return;
    };
    let carried_out = async {
        let Some(payment) = app.ports.store.find_payment(*payment).await? else {
            return Err(Fault::new("a confirmed payment is gone"));
        };
        match settler(app, walk.bank()).debit(payment).await {
            Ok(settled) => settled.fault.map_or(Ok(()), Err),
            Err(CommitError::Lost) => Ok(()),
            Err(CommitError::Fault(fault)) => Err(fault),
        }
    };
    if let Err(fault) = carried_out.await {
        trouble::logged(app, &fault);
    }
}

/// What settles payments at a bank.
fn settler<'a>(app: &'a App, bank: &'a dyn renkei_core::port::Bank) -> Settler<'a> {
    Settler {
        store: &*app.ports.store,
        bank,
        clock: &*app.ports.clock,
        random: &*app.ports.random,
    }
}

/// The page of a journey that ended with a confirmed payment.
pub(crate) async fn result(
    walk: &Walk<'_>,
    journey: &Journey,
    payment: PaymentId,
    language: Language,
) -> Result<HttpResponse, Fault> {
    let payment = walk.app.ports.store.find_payment(payment).await?;
    let payment = payment.ok_or_else(|| Fault::new("a confirmed payment is gone"))?;
    let url = journey::stop_address(walk.app, walk, journey);
    let page = Ending::Payment(Box::new(face(&payment, url)));
    Ok(ending::of_journey(walk, journey, language, &page))
}

/// A payment, as pages show it.
pub(crate) fn face(payment: &Payment, url: String) -> PaymentFace {
    let (bill, account) = (&payment.receipt.bill, &payment.receipt.account);
    let (state, reason, debited, reference) = match &payment.state {
        PaymentState::Debited { at, reference } => {
            ("done", None, Some(moment(*at)), Some(reference.clone()))
        }
        PaymentState::Declined { reason, .. } => {
            ("declined", Some(reason.word().to_owned()), None, None)
        }
        PaymentState::InDoubt { .. } | PaymentState::Reserved => ("waiting", None, None, None),
    };
    PaymentFace {
        id: payment.id.to_string(),
        url,
        state,
        reason,
        facility_name: bill.facility_name.clone(),
        facility_number: bill.fee.facility_number.clone(),
        procedure_name: bill.procedure_name.clone(),
        pay_name_kana: bill.pay_name_kana.clone(),
        pay_number: bill.fee.pay_number.clone(),
        confirm_number: bill.confirm_number.clone(),
        amount: yen(bill.total_fee_yen),
        due: bill.due.to_string(),
        account: AccountFace {
            branch_code: account.branch_code.clone(),
            branch_name: account.branch_name.clone(),
            kind: account.kind.word().to_owned(),
            number: account.number.clone(),
            memo: account.memo.clone(),
        },
        payer: payment.receipt.payer.clone(),
        at: moment(payment.at),
        debited,
        reference,
    }
}

fn moment(at: Timestamp) -> Moment {
    Moment {
        date: at.japan_date().to_string(),
        time: at.japan_clock(),
    }
}

/// `bptn`, the pattern of the link data.
const PATTERN: &str = "01";
const UNREADABLE: &str = "refusal-bill-unreadable";
