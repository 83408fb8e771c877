//! A table, for the terminal and as Markdown.

use comfy_table::{CellAlignment, Table, presets::NOTHING};

/// A table. Its first column names the rows, the others are numbers.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) header: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Grid {
    /// For the terminal.
    pub(crate) fn text(&self) -> String {
        let mut table = Table::new();
        table.load_style(NOTHING);
        table.set_header(&self.header);
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let plain = |row: &Vec<String>| row.iter().map(|it| it.replace(['*', '`'], "")).collect();
        table.add_rows(self.rows.iter().map(plain).collect::<Vec<Vec<_>>>());
        table.trim_fmt() + "\n"
    }

    /// For a page.
    pub(crate) fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let header: Vec<_> = self.header.iter().map(ToString::to_string).collect();
        let rules = (0..header.len()).map(|it| if it == 0 { "---" } else { "---:" });
        let rules: Vec<_> = rules.map(ToOwned::to_owned).collect();
        let rows: String = self.rows.iter().map(|it| line(it)).collect();
        format!("{}{}{rows}", line(&header), line(&rules))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_on_the_left_and_numbers_on_the_right() {
        let rows = vec![vec!["`Guerdon`".to_owned(), "**12**".to_owned()]];
        let grid = Grid { header: vec!["who", "ms"], rows };

        assert_eq!(grid.markdown(), "| who | ms |\n| --- | ---: |\n| `Guerdon` | **12** |\n");
        assert_eq!(grid.text(), "who      ms\nGuerdon  12\n");
    }
}
