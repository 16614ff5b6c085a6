//! Writes the TypeScript of the command list: `cargo run -p api --example bindings -- DIR`.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: bindings DIR")?;
    api::export_typescript(std::path::Path::new(&dir))
}
