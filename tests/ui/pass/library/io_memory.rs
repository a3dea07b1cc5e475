// Readers and writers over memory, and the adapters.
use std::io::{self, prelude::*, BufReader, BufWriter, Cursor, ErrorKind, LineWriter, SeekFrom};

struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = 3.min(buf.len()).min(self.0.len());
        buf[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

#[derive(Default)]
struct Log(Vec<String>, bool);

impl Write for Log {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        if self.1 {
            return Err(io::Error::new(ErrorKind::BrokenPipe, "gone"));
        }
        self.0.push(String::from_utf8_lossy(buf).into_owned());
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.push("<flush>".into());
        Ok(())
    }
}

fn main() -> io::Result<()> {
    let text = "first line\nsecond\r\n\nlast without end";
    for line in BufReader::with_capacity(4, Slow(text.as_bytes())).lines() {
        println!("{:?}", line?);
    }
    let mut r = BufReader::new(Slow(b"a,bc,,d"));
    println!("{:?}", r.by_ref().split(b',').collect::<io::Result<Vec<_>>>()?);
    let mut r = BufReader::new(text.as_bytes());
    let mut s = String::from("> ");
    println!("{} {s:?} {:?}", r.read_line(&mut s)?, r.buffer().len());
    let mut two = [0; 2];
    r.read_exact(&mut two)?;
    println!("{two:?} {:?}", r.bytes().take(3).map(|b| b.unwrap() as char).collect::<String>());
    let mut all = Vec::new();
    println!("{} {}", Slow(b"0123456789").take(7).chain(&b"xyz"[..]).read_to_end(&mut all)?, all.len());
    println!("{:?}", io::read_to_string(Slow("héllo".as_bytes()))?);
    println!("{}", Slow(&[0xff, 0xfe]).read_to_string(&mut s).unwrap_err());
    println!("{}", Slow(b"ab").read_exact(&mut [0; 5]).unwrap_err());

    let mut c = Cursor::new(Vec::new());
    c.write_all(b"hello world")?;
    c.seek(SeekFrom::Start(6))?;
    write!(c, "W{}", 0)?;
    println!("{} {:?}", c.position(), String::from_utf8_lossy(c.get_ref()));
    c.seek(SeekFrom::End(2))?;
    c.write_all(b"!")?;
    println!("{:?}", c.get_ref());
    println!("{}", c.seek(SeekFrom::Current(-100)).unwrap_err());
    c.rewind()?;
    c.read_line(&mut s).ok();
    println!("{} {:?}", c.stream_position()?, c.fill_buf()?);
    let mut fixed = [0u8; 4];
    let mut f = Cursor::new(&mut fixed[..]);
    println!("{} {}", f.write(b"abcdef")?, f.write_all(b"x").unwrap_err());
    let mut slice = &mut fixed[1..];
    slice.write_all(b"ZZ")?;
    println!("{fixed:?}");

    let mut w = BufWriter::with_capacity(8, Log::default());
    for part in ["abc", "def", "ghi", "0123456789", "z"] {
        w.write_all(part.as_bytes())?;
    }
    println!("{:?} {:?}", w.get_ref().0, w.buffer());
    w.flush()?;
    write!(w, "{}-{}", 1, 2)?;
    println!("{:?}", w.into_inner().map_err(|_| ()).unwrap().0);
    let mut l = LineWriter::new(Log::default());
    l.write_all(b"no end")?;
    l.write_all(b" end\nnext")?;
    l.write_all(b" one\n")?;
    println!("{:?}", l.get_ref().0);
    let broken = BufWriter::new(Log(vec![], true));
    let mut broken = broken;
    broken.write_all(b"x")?;
    println!("{}", broken.flush().unwrap_err());
    println!("{:?}", broken.into_inner().is_err());
    println!("{}", io::copy(&mut Slow(b"copied"), &mut all)?);
    println!("{:?}", String::from_utf8_lossy(&all));
    let mut rep = [0; 3];
    io::repeat(7).read_exact(&mut rep)?;
    println!("{rep:?} {} {}", io::empty().read(&mut rep)?, io::sink().write(b"gone")?);
    let mut q = std::collections::VecDeque::from(vec![1u8, 2, 3]);
    q.write_all(&[4])?;
    println!("{} {q:?}", q.read(&mut rep)?);
    Ok(())
}
