compile_error!("this package is for another platform");
