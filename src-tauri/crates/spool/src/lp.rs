//! The programs `lp`, `lpstat` and `cancel`, for a machine whose service listens elsewhere than usual.
use office::printing::{JobNews, Media, PrintJob, Queue, Sides, Trouble};
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn run(program: &str, args: &[&str], input: &[u8]) -> Result<Output, Trouble> {
    let mut child = Command::new(program)
        .args(args)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| Trouble::NoService)?;
    if let Some(mut stdin) = child.stdin.take() {
        // a program that does not want it all says so with its status
        let _ = stdin.write_all(input);
    }
    child.wait_with_output().map_err(|_| Trouble::NoService)
}
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
/// A name that a program would take for one of its options is no queue.
fn is_name(printer: &str) -> bool {
    !printer.is_empty() && !printer.starts_with('-')
}

/// Lists the queues; what they can do is not said here, so they are taken to do everything.
pub(crate) fn queues() -> Result<Vec<Queue>, Trouble> {
    let list = run("lpstat", &["-e"], &[])?;
    if !list.status.success() {
        return Err(Trouble::NoService);
    }
    let default = run("lpstat", &["-d"], &[]).map(|o| said(&o))?;
    let default = default.rsplit_once(": ").map(|(_, name)| name.trim());
    Ok(said(&list)
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| Queue {
            name: name.to_owned(),
            label: name.to_owned(),
            is_default: default == Some(name),
            two_sided: true,
            a3: true,
            trouble: None,
        })
        .collect())
}
/// Reads the number out of `request id is NAME-12 (1 file(s))`.
fn number(answer: &str, printer: &str) -> Option<i64> {
    let rest = answer.split_once(&format!("{printer}-"))?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
/// Sends a job through the standard input of `lp`.
pub(crate) fn send(job: &PrintJob<'_>) -> Result<i64, Trouble> {
    let set = job.settings;
    if !is_name(&set.printer) {
        return Err(Trouble::NoQueue);
    }
    let copies = set.copies.to_string();
    let media = match set.media {
        Media::A4 => "media=A4",
        Media::A3 => "media=A3",
    };
    let sides = match set.sides {
        Sides::OneSided => "sides=one-sided",
        Sides::TwoSided => "sides=two-sided-long-edge",
    };
    let args = [
        "-d",
        &set.printer,
        "-n",
        &copies,
        "-t",
        job.name,
        "-o",
        media,
        "-o",
        sides,
        "-o",
        "print-scaling=none",
        "-",
    ];
    let output = run("lp", &args, job.pdf)?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(if text.contains("does not exist") {
            Trouble::NoQueue
        } else if text.contains("not accepting") {
            Trouble::Paused
        } else {
            Trouble::Aborted
        });
    }
    number(&said(&output), &set.printer).ok_or(Trouble::Unknown)
}
/// Asks whether a job still waits, or is among those that are done.
pub(crate) fn news(printer: &str, job: i64) -> Result<JobNews, Trouble> {
    if !is_name(printer) {
        return Err(Trouble::NoQueue);
    }
    let id = format!("{printer}-{job}");
    let listed = |which: &str| -> Result<bool, Trouble> {
        let output = run("lpstat", &["-W", which, "-o", printer], &[])?;
        Ok(said(&output)
            .lines()
            .any(|line| line.split_whitespace().next() == Some(&id)))
    };
    if listed("not-completed")? {
        Ok(JobNews::Running(None))
    } else if listed("completed")? {
        Ok(JobNews::Completed)
    } else {
        Ok(JobNews::Aborted(Trouble::Unknown))
    }
}
/// Stops a job.
pub(crate) fn cancel(printer: &str, job: i64) -> Result<(), Trouble> {
    if !is_name(printer) {
        return Err(Trouble::NoQueue);
    }
    let output = run("cancel", &[&format!("{printer}-{job}")], &[])?;
    if output.status.success() {
        Ok(())
    } else {
        Err(Trouble::Aborted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_job_is_read() {
        assert_eq!(
            number("request id is PDF-12 (1 file(s))\n", "PDF"),
            Some(12)
        );
        assert_eq!(
            number("request id is hp-2-7 (1 file(s))\n", "hp-2"),
            Some(7)
        );
        assert_eq!(number("lp: Error", "PDF"), None);
    }
    #[test]
    fn no_name_is_taken_for_an_option() {
        assert!(!is_name("-o") && !is_name("") && is_name("PDF"));
    }
}
