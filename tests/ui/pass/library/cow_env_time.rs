// `Cow`, the environment, exit codes, time.
use std::borrow::Cow;
use std::env;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn spaces(s: &str) -> Cow<'_, str> {
    if s.contains(' ') {
        Cow::Owned(s.replace(' ', "_"))
    } else {
        Cow::Borrowed(s)
    }
}

fn main() -> ExitCode {
    for s in ["plain", "with some spaces"] {
        let c = spaces(s);
        println!("{c} {} {:?}", matches!(c, Cow::Borrowed(_)), c.clone().into_owned().len());
    }
    let mut v: Cow<[i32]> = Cow::Borrowed(&[1, 2]);
    println!("{:?}", v.to_mut().pop());
    println!("{v:?} {} {:?}", v == vec![1], v.iter().sum::<i32>());
    println!("{:?}", ["a", "b"].into_iter().collect::<Cow<str>>() + "c");
    println!("{}", env::args().count());
    println!("{:?} {}", env::var("NO_SUCH_VARIABLE_HERE"), env::var_os("NO_SUCH").is_none());
    unsafe { env::set_var("SET_HERE", "value") };
    println!("{:?} {}", env::var("SET_HERE"), env::vars().any(|(k, v)| k == "SET_HERE" && v == "value"));
    unsafe { env::remove_var("SET_HERE") };
    println!("{}", env::var("SET_HERE").unwrap_err());
    let start = Instant::now();
    println!("{} {:?}", start <= Instant::now(), start.checked_duration_since(start + Duration::from_secs(1)));
    println!("{:?}", (start + Duration::from_millis(1500)) - start);
    println!("{:?}", start.duration_since(start + Duration::from_secs(5)));
    let epoch = UNIX_EPOCH + Duration::from_secs(100);
    println!("{:?} {:?}", epoch.duration_since(UNIX_EPOCH), UNIX_EPOCH.duration_since(epoch).unwrap_err().duration());
    println!("{}", SystemTime::now().duration_since(UNIX_EPOCH).unwrap() > Duration::from_secs(1));
    println!("{} {}", env::consts::OS, std::mem::size_of::<ExitCode>());
    ExitCode::SUCCESS
}
