// The temporaries of `format_args!` live on where a `let` keeps the whole, as those of a struct expression do.
struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

impl std::fmt::Display for Loud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.0)
    }
}

fn text(n: u32) -> String {
    format!("<{n}>")
}

fn main() {
    let plain = format_args!("{} and {:?}", text(1), text(2));
    println!("{plain}");
    {
        let twice = format_args!("{0:>5}|{1:<4}|{0}", Loud("a"), Loud("b"));
        println!("{twice} {twice:?}");
    }
    let nested = format_args!("{} {}", format_args!("[{}]", text(3)), text(4));
    println!("{nested}");
    let in_block = { format_args!("{}", Loud("c")) };
    println!("{in_block}");
    println!("{}", format_args!("{}", Loud("d")));
    println!("end");
}
