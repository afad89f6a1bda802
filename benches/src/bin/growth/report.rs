//! The answers as JSON, and as tables in Markdown that are to be read as they are.

use crate::{
    machine,
    measure::{Line, Question},
};
use std::{fmt::Write as _, fs, path::Path};

/// Writes `growth.json` and `GROWTH.md`.
pub(crate) fn save(folder: &Path, questions: &[Question]) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let page = format!(
        "\
# How the time of a check grows

Made by `make growth`; the figures alone are in [growth.json](growth.json). The command was

```
cargo run --release -p jotgate-benches --no-default-features --features measure --bin growth -- {}
```

Nanoseconds of the thread's processor time, minimum, and the median behind it. All of one table ran in one process, every
round in another order: compare figures of one table only. The backend is the fastest that the machine has.

![Time over what grows](growth.svg)

{}",
        arguments.join(" "),
        text(questions)
    );
    fs::write(folder.join("growth.json"), json(questions)).unwrap();
    fs::write(folder.join("GROWTH.md"), page).unwrap();
}

/// Where the figures come from, and a table for each question.
pub(crate) fn text(questions: &[Question]) -> String {
    let mut text = machine::describe();
    for Question { title, note, over, lines } in questions {
        writeln!(text, "\n## {title}\n\n{note}\n").unwrap();
        if lines.iter().all(|line| line.points.iter().map(|p| p.at).eq(lines[0].points.iter().map(|p| p.at)))
        {
            table(&mut text, over, lines);
        } else {
            lines.chunks(1).for_each(|line| table(&mut text, over, line));
        }
    }
    text
}

/// Lines over the same sizes, side by side.
fn table(text: &mut String, over: &str, lines: &[Line]) {
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    writeln!(text, "| {over} | {} |\n|--:|{}", names.join(" | "), "--:|".repeat(names.len())).unwrap();
    for (row, point) in lines[0].points.iter().enumerate() {
        let cells = lines.iter().map(|line| {
            let point = &line.points[row];
            format!(" {:.0} ({:.0}) |", point.min_ns, point.median_ns)
        });
        writeln!(text, "| {} |{}", point.at, cells.collect::<String>()).unwrap();
    }
    text.push('\n');
}

/// An array of questions, for the picture.
fn json(questions: &[Question]) -> String {
    let point = |p: &crate::measure::Point| format!("[{}, {:.1}, {:.1}]", p.at, p.min_ns, p.median_ns);
    let line = |line: &Line| {
        let points: Vec<_> = line.points.iter().map(point).collect();
        format!(r#"    {{"name": "{}", "points": [{}]}}"#, line.name, points.join(", "))
    };
    let question = |question: &Question| {
        let lines: Vec<_> = question.lines.iter().map(line).collect();
        let (title, over) = (question.title, question.over);
        format!(
            "  {{\"title\": \"{title}\", \"over\": \"{over}\", \"lines\": [\n{}\n  ]}}",
            lines.join(",\n")
        )
    };
    let questions: Vec<_> = questions.iter().map(question).collect();
    format!("[\n{}\n]\n", questions.join(",\n"))
}
