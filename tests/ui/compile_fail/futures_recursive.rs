//! An `async fn` that keeps itself has no size.
async fn f(n: u32) -> u32 { //~ ERROR recursion in an async fn requires boxing
    if n == 0 { 0 } else { f(n - 1).await + 1 }
}
async fn even(n: u32) -> bool { //~ ERROR recursion in an async fn requires boxing
    if n == 0 { true } else { odd(n - 1).await }
}
async fn odd(n: u32) -> bool {
    if n == 0 { false } else { even(n - 1).await }
}
async fn fine(n: u32) -> u32 {
    if n == 0 { 0 } else { Box::pin(fine(n - 1)).await + 1 }
}
fn main() { let _ = (f(3), even(2), fine(3)); }
