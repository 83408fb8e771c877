//! Tables: words to the left, numbers to the right.

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ContentArrangement, LineStyle, TableStyle, presets,
};

use super::Style;

/// No lines but one, for the eye and for `cut` alike.
const LINE_UNDER_HEADER: TableStyle =
    presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// A column and which way it leans.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    /// To the left.
    Word(&'static str),
    /// To the right.
    Number(&'static str),
}

/// What a cell is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Nothing special.
    Plain,
    /// Good news.
    Good,
    /// News that nobody knows to be good or bad.
    Doubtful,
    /// Bad news.
    Bad,
}

/// Rows under a header.
#[derive(Debug)]
pub(super) struct Table(comfy_table::Table);

impl Table {
    /// An empty table.
    pub(super) fn new(columns: &[Column], style: Style) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(LINE_UNDER_HEADER);
        if style.is_terminal() {
            table.set_content_arrangement(ContentArrangement::Dynamic);
        } else {
            table.force_no_tty();
        }
        if style.has_colors() {
            table.enforce_styling();
        }
        table.set_header(columns.iter().map(|it| it.header(style)));
        for (column, leaning) in table.column_iter_mut().zip(columns) {
            column.set_cell_alignment(leaning.alignment());
        }
        Self(table)
    }

    /// One more row.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.add_row(cells.into_iter().map(Cell::new));
    }

    /// One more row, each cell in its tone.
    pub(super) fn toned_row(&mut self, cells: impl IntoIterator<Item = (Tone, String)>) {
        self.0.add_row(cells.into_iter().map(|(tone, text)| tone.cell(text)));
    }

    /// The table, ending in a line break; nothing if it has no rows.
    pub(super) fn text(&self) -> String {
        if self.0.is_empty() { String::new() } else { format!("{}\n", self.0.trim_fmt()) }
    }
}

impl Tone {
    fn cell(self, text: String) -> Cell {
        let cell = Cell::new(text);
        match self {
            Self::Plain => cell,
            Self::Good => cell.fg(Color::DarkGreen),
            Self::Doubtful => cell.fg(Color::DarkYellow).add_attribute(Attribute::Bold),
            Self::Bad => cell.fg(Color::DarkRed).add_attribute(Attribute::Bold),
        }
    }
}

impl Column {
    fn header(self, style: Style) -> Cell {
        let (Self::Word(title) | Self::Number(title)) = self;
        let cell = Cell::new(title);
        if style.has_colors() { cell.add_attribute(Attribute::Bold) } else { cell }
    }

    fn alignment(self) -> CellAlignment {
        match self {
            Self::Word(_) => CellAlignment::Left,
            Self::Number(_) => CellAlignment::Right,
        }
    }
}
