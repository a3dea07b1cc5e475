use std::cell::RefCell;
use std::rc::Rc;
struct Node(#[allow(dead_code)] RefCell<Option<Rc<Node>>>);
fn main() {
    let a = Rc::new(Node(RefCell::new(None))); //~ ERROR memory leaked
    *a.0.borrow_mut() = Some(a.clone());
}
