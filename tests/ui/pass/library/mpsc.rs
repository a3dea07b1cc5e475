// Channels of both kinds.
use std::sync::mpsc::{self, RecvTimeoutError, TryRecvError, TrySendError};
use std::thread;
use std::time::Duration;

fn main() {
    let (tx, rx) = mpsc::channel();
    let senders: Vec<_> = (0..3)
        .map(|id| {
            let tx = tx.clone();
            thread::spawn(move || {
                for i in 0..4 {
                    tx.send((id, i)).unwrap();
                }
            })
        })
        .collect();
    drop(tx);
    let mut got: Vec<_> = rx.iter().collect();
    for id in 0..3 {
        assert!(got.iter().filter(|p| p.0 == id).map(|p| p.1).eq(0..4));
    }
    got.sort();
    println!("{} {:?} {:?}", got.len(), got[0], rx.recv());
    for s in senders {
        s.join().unwrap();
    }
    let (tx, rx) = mpsc::channel::<String>();
    println!("{:?}", rx.try_recv());
    println!("{:?}", rx.recv_timeout(Duration::from_millis(3)));
    tx.send("a".into()).unwrap();
    tx.send("b".into()).unwrap();
    println!("{:?} {:?}", rx.try_iter().collect::<Vec<_>>(), rx.try_recv() == Err(TryRecvError::Empty));
    tx.send("kept".into()).unwrap();
    drop(tx);
    println!("{:?} {:?} {:?}", rx.recv(), rx.try_recv(), rx.recv_timeout(Duration::ZERO) == Err(RecvTimeoutError::Disconnected));
    let (tx, rx) = mpsc::channel();
    drop(rx);
    let e = tx.send(Box::new(5)).unwrap_err();
    println!("{e} {e:?} {}", e.0);

    let (tx, rx) = mpsc::sync_channel(2);
    tx.send(1).unwrap();
    tx.try_send(2).unwrap();
    println!("{:?} {}", tx.try_send(3), matches!(tx.try_send(4), Err(TrySendError::Full(4))));
    let t = thread::spawn(move || {
        for i in 5..9 {
            tx.send(i).unwrap();
        }
    });
    println!("{:?}", rx.into_iter().collect::<Vec<_>>());
    t.join().unwrap();
    let (tx, rx) = mpsc::sync_channel::<&str>(0);
    println!("{:?}", tx.try_send("nobody waits"));
    let t = thread::spawn(move || {
        tx.send("handed").unwrap();
        tx.send("over").unwrap();
        tx.send("lost").is_err()
    });
    println!("{:?} {:?}", rx.recv(), rx.recv());
    drop(rx);
    println!("{}", t.join().unwrap());
}
