//! `call NAME`: one command of the one list, as one person, request on stdin.
use crate::{Outcome, Run, desk, host, read_json, usage};
use api::COMMANDS;
use serde_json::json;

pub(crate) fn call(run: &Run<'_>) -> Outcome {
    let name = run.text("name").unwrap_or_default();
    let command = COMMANDS
        .iter()
        .find(|c| c.name == name)
        .ok_or_else(|| usage("error-no-such-command"))?;
    let desk = desk(
        run.needed_path("office")?,
        run.needed_path("export")?,
        false,
    );
    let person = run.text("as");
    // a door that opens without signing in is used without a person
    let reply = match person {
        None if command.permission == "none" => desk.call(name, read_request()?),
        None => return Err(usage("cli-who")),
        Some(who) => {
            let password = run.password(who)?;
            let request = read_request()?;
            desk.call(
                "access_sign_in",
                json!({"sign_in_name": who, "password": password}),
            )?;
            let reply = desk.call(name, request);
            desk.close();
            reply
        }
    };
    Ok(reply?.value)
}
fn read_request() -> Outcome {
    let text = host::request().map_err(|_| usage("cli-request-unreadable"))?;
    read_json(&text)
}
