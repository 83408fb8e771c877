//! The document: what this API takes and answers, for people and programs.

use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, Header, Ref, RefOr, Response, SecurityRequirement,
        path::{Operation, Parameter, PathItem},
        schema::{AdditionalProperties, Schema},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{Limits, principal::Role, routes};

const BEARER: &str = "bearer";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Guerdon",
        version = "1",
        description = "Turns the results of competitions into rewards, and pays everybody exactly once.\n\n\
            Tournaments and players are named by key or id. Whatever changes something carries an \
            `Idempotency-Key`. Whatever is not a success is a problem with a stable `code`. Each operation \
            names the role that it takes: a viewer looks, an operator announces and pays, an approver \
            corrects, an admin rules; each may do what those before it may.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    tags(
        (name = "tournaments", description = "Announced, shown, called off, put away."),
        (name = "results", description = "What a competition produced."),
        (name = "plans", description = "What finalize would pay."),
        (name = "distributions", description = "Paying, once."),
        (name = "corrections", description = "Other results in the place of frozen ones."),
        (name = "awards", description = "Who is owed what, and whether it is paid."),
        (name = "players", description = "What players own, and why."),
        (name = "charges", description = "What players spend."),
        (name = "leaderboard", description = "Who leads."),
        (name = "events", description = "What happened, in order."),
        (name = "webhooks", description = "Where events are delivered to."),
        (name = "invariants", description = "Whether everything that must hold does."),
        (name = "operations", description = "Requests that go on while nobody waits for them."),
        (name = "api-keys", description = "Who may ask."),
        (name = "health", description = "Whether the service runs, and what it measures."),
    ),
    components(schemas(wire::Accepted, wire::Problem)),
    modifiers(&Finish),
)]
struct Frame;

/// The document of this API, as it is served at `/openapi.json`.
#[must_use]
pub fn document() -> openapi::OpenApi {
    let mut document = routes::resources(Limits::default()).into_openapi();
    document.merge(Frame::openapi());
    let frame = Frame::openapi();
    (document.info, document.tags) = (frame.info, frame.tags);
    Finish.modify(&mut document);
    document
}

/// Says which role the operations of `document` take.
pub(crate) fn take_role(document: &mut openapi::OpenApi, role: Role) {
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        operation.security = Some(vec![SecurityRequirement::new(BEARER, [role.to_string()])]);
    }
}

/// What is the same for every operation.
struct Finish;

impl Modify for Finish {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
        document.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(BEARER, [])]);
        components.schemas.values_mut().for_each(close);
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            refuse(operation);
            accept(operation);
        }
    }
}

/// Each of several forms has its own fields and no other.
fn close(schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::OneOf(forms)) = schema else { return };
    for form in &mut forms.items {
        if let RefOr::T(Schema::Object(form)) = form {
            let only_these = || Box::new(AdditionalProperties::FreeForm(false));
            form.additional_properties.get_or_insert_with(only_these);
        }
    }
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = path;
    [get, put, post, delete, patch].into_iter().flatten()
}

/// Whatever changes something need not be waited for.
fn accept(operation: &mut Operation) {
    let is_key = |it: &RefOr<Parameter>| matches!(it, RefOr::T(it) if it.name == "Idempotency-Key");
    if !operation.parameters.iter().flatten().any(is_key) {
        return;
    }
    let content = Content::new(Some(Ref::from_schema_name("Accepted")));
    let mut accepted = Response::new("Nobody waits for it: `Location` is its operation.");
    accepted.content.insert("application/json".to_owned(), RefOr::T(content));
    accepted.headers.insert("Location".to_owned(), RefOr::T(Header::default()));
    operation.responses.responses.insert("202".to_owned(), RefOr::T(accepted));
}

/// Whatever is not a success is a problem.
fn refuse(operation: &mut Operation) {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let mut refused = Response::new("Whatever is not a success is a problem.");
    refused.content.insert("application/problem+json".to_owned(), RefOr::T(content));
    operation.responses.responses.insert("default".to_owned(), RefOr::T(refused));
}
