//! Sums that no tampering can make too large for the database.
//!
//! A sum of 64-bit columns may need more than 64 bits, and then the whole statement would fail: the
//! row that is to be found would hide itself. So the upper and the lower half of every number are
//! added up on their own, which both databases do alike.

/// The lower half of a number.
const LOW: i64 = 0xFFFF_FFFF;

/// An exact sum, as two expressions: what is above 32 bits, and what is below.
pub(super) struct Sum {
    high: String,
    low: String,
}

impl Sum {
    /// Columns, added up over the rows of a group.
    pub(super) fn of_columns(columns: &[&str]) -> Self {
        let total = |half: &dyn Fn(&str) -> String| {
            let totals = columns.iter().map(|it| total(&half(it)));
            totals.collect::<Vec<_>>().join(" + ")
        };
        Self::carried(&total(&high), &total(&low))
    }

    /// Numbers of one row.
    pub(super) fn of_values(values: &[&str]) -> Self {
        let halves = |half: &dyn Fn(&str) -> String| {
            values.iter().map(|it| half(it)).collect::<Vec<_>>().join(" + ")
        };
        Self::carried(&halves(&high), &halves(&low))
    }

    /// Columns that hold [`halves`], added up over the rows of a group.
    pub(super) fn of_halves(high: &str, low: &str) -> Self {
        Self::carried(&total(high), &total(low))
    }

    /// A condition: the two are not the same.
    pub(super) fn differs_from(&self, other: &Self) -> String {
        format!("({} <> {} OR {} <> {})", self.high, other.high, self.low, other.low)
    }

    /// The sum as a 64-bit number; the nearest one where it is none.
    pub(super) fn nearest(&self) -> String {
        let Self { high, low } = self;
        let (max, min) = (i32::MAX, i32::MIN);
        format!(
            "CASE WHEN {high} > {max} THEN {} WHEN {high} < {min} THEN ({} - 1) \
             ELSE {high} * 4294967296 + {low} END",
            i64::MAX,
            -i64::MAX
        )
    }

    /// What the lower halves have above 32 bits belongs to the upper ones.
    fn carried(high: &str, low: &str) -> Self {
        Self { high: format!("(({high}) + (({low}) >> 32))"), low: format!("(({low}) & {LOW})") }
    }
}

/// The two halves of a column, each added up over the rows of a group.
pub(super) fn halves(column: &str) -> (String, String) {
    (total(&high(column)), total(&low(column)))
}

fn high(number: &str) -> String {
    format!("({number} >> 32)")
}

fn low(number: &str) -> String {
    format!("({number} & {LOW})")
}

fn total(half: &str) -> String {
    format!("CAST(sum({half}) AS bigint)")
}
