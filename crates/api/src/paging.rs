//! Pages of lists: a bounded number of rows, and where to go on.

use axum::{
    Json,
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use wire::Page;

use crate::{
    cursor::{self, CursorKey},
    problem::{Code, Problem},
};

const LIMIT_MAX: u32 = 1_000;
const LIMIT_USUAL: u32 = 100;

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// Where the page before this one ended; nothing for the first page.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    pub(crate) cursor: Option<String>,
    /// Rows at most; 100 when nothing is said.
    #[param(minimum = 1, maximum = 1000)]
    pub(crate) limit: Option<u32>,
}

/// One page of `list` that is asked for.
#[derive(Debug)]
pub(crate) struct Paging<Key> {
    list: &'static str,
    limit: u32,
    /// The last row of the page before this one.
    pub(crate) after: Option<Key>,
}

/// One page of a list, and its link to the next one.
#[derive(Debug)]
pub(crate) struct Paged<T> {
    page: Page<T>,
    link: Option<HeaderValue>,
}

impl PageQuery {
    /// The page of `list` that is asked for.
    pub(crate) fn of<Key: CursorKey>(&self, list: &'static str) -> Result<Paging<Key>, Problem> {
        Paging::of(list, self.cursor.as_deref(), self.limit)
    }
}

impl<Key: CursorKey> Paging<Key> {
    /// The page of `list` behind `cursor`.
    pub(crate) fn of(
        list: &'static str,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(LIMIT_USUAL);
        if !(1..=LIMIT_MAX).contains(&limit) {
            let detail = format!("a page has 1 to {LIMIT_MAX} rows, not {limit}");
            return Err(Problem::new(Code::QueryInvalid, detail));
        }
        let after = cursor.map(|it| cursor::read(list, it)).transpose()?;
        Ok(Self { list, limit, after })
    }

    /// Rows to read: one more than the page has, to see whether there is a next one.
    pub(crate) fn rows(&self) -> u32 {
        self.limit + 1
    }

    /// The page of what was read, as asked for at `uri`.
    pub(crate) fn page<T>(self, uri: &Uri, rows: Vec<T>, key: impl Fn(&T) -> Key) -> Paged<T> {
        let mut items = rows;
        let more = items.len() > self.limit as usize;
        items.truncate(self.limit as usize);
        let last = items.last().filter(|_| more);
        let next = last.map(|it| cursor::write(self.list, &key(it)));
        let link = next.as_deref().and_then(|it| link(uri, it));
        Paged { page: Page { items, next }, link }
    }
}

impl<T> Paged<T> {
    /// The same page with its rows put otherwise.
    pub(crate) fn map<U>(self, row: impl FnMut(T) -> U) -> Paged<U> {
        let Page { items, next } = self.page;
        Paged { page: Page { items: items.into_iter().map(row).collect(), next }, link: self.link }
    }
}

impl<T: Serialize> IntoResponse for Paged<T> {
    fn into_response(self) -> Response {
        let link = self.link.map(|it| [(header::LINK, it)]);
        (link, Json(self.page)).into_response()
    }
}

/// The same request with another cursor.
fn link(uri: &Uri, cursor: &str) -> Option<HeaderValue> {
    let kept = uri.query().unwrap_or_default().split('&');
    let kept = kept.filter(|it| !it.is_empty() && !it.starts_with("cursor="));
    let query: String = kept.flat_map(|it| [it, "&"]).collect();
    let target = format!("<{}?{query}cursor={cursor}>; rel=\"next\"", uri.path());
    HeaderValue::try_from(target).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_keeps_what_was_asked_but_for_the_cursor() {
        let uri: Uri = "/v1/ledger?currency=XP&cursor=old&limit=2".parse().unwrap();

        let link = link(&uri, "new").unwrap();

        assert_eq!(link, "</v1/ledger?currency=XP&limit=2&cursor=new>; rel=\"next\"");
    }

    #[test]
    fn a_page_has_a_next_one_only_when_there_are_more_rows() {
        let uri: Uri = "/v1/list".parse().unwrap();
        let paged = |rows: &[i64]| {
            let paging = Paging::<i64>::of("list", None, Some(2)).unwrap();
            paging.page(&uri, rows.to_vec(), |it| *it)
        };

        assert_eq!(paged(&[1, 2]).page, Page { items: vec![1, 2], next: None });
        let next = Some(cursor::write("list", &2_i64));
        assert_eq!(paged(&[1, 2, 3]).page, Page { items: vec![1, 2], next });
    }
}
