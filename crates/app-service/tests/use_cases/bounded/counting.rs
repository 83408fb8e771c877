//! Counts the rows of every call, whatever its name: so that one that nobody thought of counts, too.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use interposed::{Call, Interposer};
use ports::StoreError;

/// The most rows that a call of each name has carried, in its arguments or in its answer.
#[derive(Default)]
pub(super) struct Counting(Mutex<BTreeMap<&'static str, usize>>);

impl Counting {
    pub(super) fn most(&self) -> BTreeMap<&'static str, usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, call: &Call, carried: &str) {
        let mut most = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let most = most.entry(call.name).or_default();
        *most = rows(carried).max(*most);
    }
}

#[async_trait]
impl Interposer for Counting {
    async fn before(&self, call: &Call) -> Result<(), StoreError> {
        self.note(call, &call.arguments);
        Ok(())
    }

    async fn after(&self, call: &Call, answer: &str) -> Result<(), StoreError> {
        self.note(call, answer);
        Ok(())
    }
}

/// What is open while a value is read as `Debug` prints it.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    /// A list or a map, with the separators that have been met.
    Rows(usize),
    /// A tuple: arguments, or a value around the one that counts.
    Around,
    /// A struct: what it holds belongs to one row.
    Row,
}

/// The length of the longest list or map in what `Debug` prints, that inside of a row left out.
fn rows(printed: &str) -> usize {
    let mut open: Vec<Open> = vec![];
    let (mut longest, mut before, mut quoted) = (0, ' ', false);
    let mut letters = printed.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => drop(letters.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' if before.is_alphanumeric() => open.push(Open::Row),
            '[' | '{' => open.push(Open::Rows(0)),
            '(' => open.push(Open::Around),
            ']' | '}' | ')' => {
                let closed = open.pop();
                let counts = open.iter().all(|it| *it == Open::Around);
                if let (Some(Open::Rows(separators)), true) = (closed, counts) {
                    let is_empty = matches!(before, '[' | '{');
                    longest = longest.max(if is_empty { 0 } else { separators + 1 });
                }
            }
            ',' => {
                if let Some(Open::Rows(separators)) = open.last_mut() {
                    *separators += 1;
                }
            }
            _ => {}
        }
        if !letter.is_whitespace() {
            before = letter;
        }
    }
    longest
}

#[test]
fn rows_are_counted_as_they_are_printed() {
    let row = |n: u32| (n, vec!["a, b", "c \"]"], Some(n));
    let map = BTreeMap::from([(1, row(1)), (2, row(2))]);

    assert_eq!(rows(&format!("{:?}", Ok::<_, ()>([1, 2, 3].map(row)))), 3);
    assert_eq!(rows(&format!("{:?}", (7, &map))), 2);
    assert_eq!(rows(&format!("{:?}", Ok::<Vec<u8>, ()>(vec![]))), 0);
    let call = Call { name: "x", arguments: "[1, 2]".to_owned(), transaction: None };
    assert_eq!(rows(&format!("{:?}", Some(call))), 0);
}
