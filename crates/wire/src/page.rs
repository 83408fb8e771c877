//! One page of a list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The rows of this page, in the order of the list.
    pub items: Vec<T>,
    /// The `cursor` of the next page; absent on the last one. The header `Link` names it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
