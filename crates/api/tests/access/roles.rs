//! What each role may do, held against the document of the interface: a route that is forgotten is
//! found here.

use api::Access;
use app_service::Role;
use axum::http::Method;
use serde_json::Value;

use crate::door::{Door, bearer};

/// What anybody may ask.
const OPEN: [&str; 4] = ["/livez", "/readyz", "/docs", "/openapi.json"];

/// A key for each role, and what it may not do.
#[tokio::test]
async fn everything_but_the_open_paths_needs_a_key() {
    let door = Door::with(Access::keys());

    for (method, path) in operations() {
        let answer = door.ask(method.clone(), &path, &[]).await;

        let is_open = OPEN.contains(&path.as_str());
        assert_eq!(answer.status == 401, !is_open, "{method} {path}: {}", answer.status);
    }
    for path in OPEN {
        assert_eq!(door.ask(Method::GET, path, &[]).await.status, 200, "{path}");
    }
    for path in ["/", "/v1", "/v1/nothing", "//livez", "/livez/", "/docs/../v1/players", "/metrics"]
    {
        let said = door.ask(Method::GET, path, &[]).await;
        assert!([401, 404].contains(&said.status.as_u16()), "{path}: {}", said.status);
    }
}

#[tokio::test]
async fn a_viewer_reads_and_changes_nothing() {
    let door = Door::with(Access::keys());
    let viewer = bearer(&door.key(Role::Viewer).await);

    for (method, path) in operations() {
        let answer = door.ask(method.clone(), &path, &[&viewer]).await;

        let may = method == Method::GET && !is_for_admins(&method, &path);
        assert_eq!(answer.said() != (403, "role-missing"), may, "{method} {path}: {answer:?}");
        if !may {
            let challenge = answer.header("www-authenticate");
            assert!(challenge.contains("insufficient_scope"), "{method} {path}: {challenge}");
        }
    }
}

/// Every role may do what those before it may, and there is something that only it may.
#[tokio::test]
async fn each_role_may_do_more_than_the_one_before() {
    let door = Door::with(Access::keys());
    let mut allowed = vec![];

    for role in Role::ALL {
        let key = bearer(&door.key(role).await);
        let mut those = vec![];
        for (method, path) in operations() {
            if door.ask(method.clone(), &path, &[&key]).await.status != 403 {
                those.push(format!("{method} {path}"));
            }
        }
        allowed.push(those);
    }

    for (less, more) in allowed.iter().zip(&allowed[1..]) {
        assert!(less.iter().all(|it| more.contains(it)), "{less:?} {more:?}");
        assert!(less.len() < more.len(), "{more:?}");
    }
    assert_eq!(allowed[3].len(), operations().len(), "an admin may do everything");
}

/// Keys are for admins, also to read: whoever knows the prefixes knows whom to look for.
fn is_for_admins(_method: &Method, path: &str) -> bool {
    path.starts_with("/v1/api-keys") || path.starts_with("/v1/webhooks")
}

/// Every operation of the document, with something in the place of each parameter.
fn operations() -> Vec<(Method, String)> {
    let document = serde_json::to_value(api::document()).expect("it is JSON");
    let paths = document["paths"].as_object().expect("paths");
    let filled = |path: &str| {
        let parts = path.split('/').map(|it| if it.starts_with('{') { "x" } else { it });
        parts.collect::<Vec<_>>().join("/")
    };
    let of_path = |(path, item): (&String, &Value)| {
        let methods: Vec<_> = item.as_object().expect("operations").keys().cloned().collect();
        let path = filled(path);
        methods.into_iter().filter_map(move |method| {
            let method = method.to_uppercase().parse().ok()?;
            Some((method, path.clone()))
        })
    };
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let all = paths.iter().flat_map(of_path);
    all.filter(|it: &(Method, String)| known.contains(&it.0.as_str())).collect()
}
