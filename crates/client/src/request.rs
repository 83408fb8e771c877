//! One request, from its operation to its answer.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, RequestBuilder, header};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Answer, Client, ClientError};

/// What a path names: parameters and values.
pub(crate) type Names<'a> = &'a [(&'a str, &'a str)];

/// One request that is being put together.
pub(crate) struct Request(RequestBuilder);

impl Client {
    /// A request for an operation, with what its path names, in order.
    pub(crate) fn request(&self, method: Method, path: &str, names: Names<'_>) -> Request {
        let url = format!("{}{}", self.base, filled(path, names));
        let request = self.http.request(method, url).header(header::ACCEPT, "*/*");
        Request(match &self.token {
            Some(token) => request.bearer_auth(&token.0),
            None => request,
        })
    }
}

impl Request {
    pub(crate) fn query<Query: Serialize>(self, query: &Query) -> Self {
        Self(self.0.query(query))
    }

    pub(crate) fn once(self, key: &str) -> Self {
        Self(self.0.header("Idempotency-Key", key))
    }

    pub(crate) fn if_match(self, etag: &str) -> Self {
        Self(self.0.header(header::IF_MATCH, etag))
    }

    pub(crate) fn body<Body: Serialize>(self, body: &Body) -> Self {
        Self(self.0.json(body))
    }

    pub(crate) async fn send<T: DeserializeOwned>(self) -> Result<Answer<T>, ClientError> {
        let response = self.0.send().await.map_err(ClientError::Transport)?;
        Answer::of(response).await
    }
}

/// The path, with names in the place of its parameters.
fn filled(path: &str, names: Names<'_>) -> String {
    let segment = |it: &str| match names.iter().find(|(name, _)| is_parameter(it, name)) {
        Some((_, value)) => utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        None => it.to_owned(),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn is_parameter(segment: &str, name: &str) -> bool {
    segment.strip_prefix('{').and_then(|it| it.strip_suffix('}')) == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_segment_of_its_path() {
        let names = [("player", "a/b?c"), ("tournament", "{player} ü")];

        let path = filled("/v1/players/{player}/rewards/{tournament}", &names);

        assert_eq!(path, "/v1/players/a%2Fb%3Fc/rewards/%7Bplayer%7D%20%C3%BC");
    }
}
