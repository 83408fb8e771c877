//! Bodies of requests: read whole, within the limit, and as JSON.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse,
};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::{Code, FieldError, Problem};

/// The body of a request that changes nothing, as JSON.
pub(crate) struct InBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for InBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        Ok(Self(read(&bytes(request, state).await?)?))
    }
}

/// The body of a request.
pub(crate) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|refused| {
        let status = refused.into_response().status();
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::new(Code::BodyTooLarge, "send less at once")
        } else {
            Problem::new(Code::BodyInvalid, "the body did not arrive whole")
        }
    })
}

/// A body as JSON, whatever its media type says.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let whole = error.inner().is_syntax() || error.inner().is_eof();
        let pointer = if whole { String::new() } else { pointer(error.path()) };
        invalid(pointer, error.inner().to_string())
    })?;
    json.end().map_err(|error| invalid(String::new(), error.to_string()))?;
    Ok(read)
}

fn invalid(pointer: String, detail: String) -> Problem {
    let problem = Problem::new(Code::BodyInvalid, "send JSON as the document of this API has it");
    problem.with_errors(vec![FieldError { pointer, detail }])
}

fn pointer(path: &Path) -> String {
    let segment = |it: &Segment| match it {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    path.iter().map(segment).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        #[serde(rename = "a/b")]
        slashed: Vec<u32>,
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        let refused = [
            (r#"{ "a/b": [1, "x"] }"#, "/a~1b/1"),
            (r#"{ "a/b": [1, 2 }"#, ""),
            (r#"{ "a/b": [1] } x"#, ""),
            ("", ""),
        ];
        for (body, pointer) in refused {
            let problem = read::<Row>(body.as_bytes()).unwrap_err();

            assert_eq!(problem.code(), Code::BodyInvalid, "{body}");
            assert_eq!(problem.errors()[0].pointer, pointer, "{body}");
        }

        assert_eq!(
            read(br#"{ "a/b": [1] }"#).map_err(|it| it.code()),
            Ok(Row { slashed: vec![1] })
        );
    }
}
