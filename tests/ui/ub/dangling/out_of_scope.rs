fn main() {
    let p: *const u8;
    {
        let x = 7u8;
        p = &x;
    }
    let _y = unsafe { *p }; //~ ERROR dangling
}
