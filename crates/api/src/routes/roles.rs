//! Every operation takes the role that its document names.

use app_service::Guerdon;
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use memory_adapter::MemoryStore;
use serde_json::Value;
use tower::ServiceExt;

use super::resources;
use crate::{
    Access, Limits, Service, document,
    principal::{Principal, Role},
};

#[tokio::test]
async fn every_operation_refuses_whoever_may_do_less_than_it_takes() {
    let guerdon = Guerdon::new(MemoryStore::new().shared());
    let service = Service::new(guerdon, Access::keys());
    let (router, _) = resources(Limits::default()).split_for_parts();
    let router = router.with_state(service);

    for (method, path, taken) in operations() {
        let Some(taken) = taken else { continue };
        for role in Role::ALL {
            let status = ask(&router, &method, &path, role).await;

            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(refused, role < taken, "{method} {path} takes {taken}: {role}");
        }
    }
}

/// Whoever may only look changes nothing, and only whether there is a service is nobody's secret.
#[test]
fn every_operation_but_the_health_checks_takes_a_role() {
    for (method, path, taken) in operations() {
        let is_health = ["/livez", "/readyz"].contains(&path.as_str());
        assert_eq!(taken.is_none(), is_health, "{method} {path}");
        if method != "GET" {
            assert!(taken > Some(Role::Viewer), "{method} {path}");
        }
    }
}

async fn ask(router: &Router, method: &str, path: &str, role: Role) -> StatusCode {
    let request = Request::builder().method(method).uri(path.replace(['{', '}'], ""));
    let mut request = request.body(Body::empty()).expect("it is a request");
    request.extensions_mut().insert(Principal { id: "test".to_owned(), role });
    router.clone().oneshot(request).await.expect("it answers").status()
}

/// Method, path and role of every operation of the document.
fn operations() -> Vec<(String, String, Option<Role>)> {
    let document = serde_json::to_value(document()).expect("it can be written");
    let paths = document["paths"].as_object().expect("there are paths").iter();
    let each = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("there are methods").iter();
        methods.map(move |(method, it)| (method.to_uppercase(), path.clone(), role(it)))
    });
    each.collect()
}

fn role(operation: &Value) -> Option<Role> {
    let name = operation["security"][0]["bearer"][0].as_str()?;
    Role::parse(name)
}
